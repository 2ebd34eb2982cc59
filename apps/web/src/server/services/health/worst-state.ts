import type { Health, PartHealth } from '@logmaster/core/api/health';

/** A part that is down makes the whole degraded; the whole is down when its database or its search is. */
const VITAL: ReadonlySet<string> = new Set(['database', 'search']);

export function worstState(parts: readonly PartHealth[]): Health['state'] {
  if (parts.some(({ name, state }) => state === 'down' && VITAL.has(name))) return 'down';
  return parts.some(({ state }) => state !== 'ok') ? 'degraded' : 'ok';
}
