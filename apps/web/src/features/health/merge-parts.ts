import type { PartHealth } from '@logmaster/core/api/health';

const ORDER = ['ok', 'degraded', 'down'] as const;

/**
 * One entry a part: web and ingest each look at the database and the archive, and what counts is the worse of the two
 * views, with the reasons of both.
 */
export function mergeParts(parts: readonly PartHealth[]): PartHealth[] {
  const merged = new Map<string, PartHealth>();
  for (const part of parts) {
    const before = merged.get(part.name);
    merged.set(part.name, before ? worse(before, part) : part);
  }
  return [...merged.values()];
}

function worse(a: PartHealth, b: PartHealth): PartHealth {
  const reasons = [...new Set([a.reason, b.reason].filter((reason) => reason !== undefined))];
  const lags = [a.lag_seconds, b.lag_seconds].filter((lag) => lag !== undefined);
  return {
    name: a.name,
    state: ORDER.indexOf(b.state) > ORDER.indexOf(a.state) ? b.state : a.state,
    ...(reasons.length > 0 ? { reason: reasons.join(' · ') } : {}),
    ...(lags.length > 0 ? { lag_seconds: Math.max(...lags) } : {}),
  };
}
