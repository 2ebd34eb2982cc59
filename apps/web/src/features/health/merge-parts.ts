import type { PartHealth } from '@logmaster/core/api/health';

/** Why a part is not well: an English sentence, and what the pages translate it by. */
export interface Reason extends Pick<PartHealth, 'code' | 'params'> {
  readonly reason: string;
}

export interface MergedPart extends Pick<PartHealth, 'name' | 'state' | 'lag_seconds'> {
  readonly reasons: readonly Reason[];
}

const ORDER = ['ok', 'degraded', 'down'] as const;

/**
 * One entry a part: web and ingest each look at the database and the archive, and what counts is the worse of the two
 * views, with the reasons of both.
 */
export function mergeParts(parts: readonly PartHealth[]): MergedPart[] {
  const merged = new Map<string, MergedPart>();
  for (const { reason, code, params, ...part } of parts) {
    const seen: MergedPart = { ...part, reasons: reason === undefined ? [] : [{ reason, code, params }] };
    const before = merged.get(part.name);
    merged.set(part.name, before ? worse(before, seen) : seen);
  }
  return [...merged.values()];
}

function worse(a: MergedPart, b: MergedPart): MergedPart {
  const known = new Set(a.reasons.map(({ reason }) => reason));
  const lags = [a.lag_seconds, b.lag_seconds].filter((lag) => lag !== undefined);
  return {
    name: a.name,
    state: ORDER.indexOf(b.state) > ORDER.indexOf(a.state) ? b.state : a.state,
    reasons: [...a.reasons, ...b.reasons.filter(({ reason }) => !known.has(reason))],
    ...(lags.length > 0 ? { lag_seconds: Math.max(...lags) } : {}),
  };
}
