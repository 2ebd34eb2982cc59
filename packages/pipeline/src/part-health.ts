import type { PartHealth } from '@logmaster/core/api/health';
import type { Micros } from '@logmaster/core/time';

export function secondsSince(moment: Micros | undefined, now: Micros): number {
  return moment === undefined ? 0 : Math.max(0, Math.round((now - moment) / 1000) / 1000);
}

/** Degraded where there is a reason; nothing here is ever down, for it is tried again. */
export function part(name: string, reason: string | undefined, lag?: number): PartHealth {
  const lagged = lag === undefined ? {} : { lag_seconds: lag };
  return reason === undefined ? { name, state: 'ok', ...lagged } : { name, state: 'degraded', reason, ...lagged };
}

export function lagReason(lag: number, limit: number): string | undefined {
  return lag > limit ? `${Math.round(lag)} s behind` : undefined;
}
