import type { PartHealth } from '@logmaster/core/api/health';
import { becauseOf } from '@logmaster/core/api/health-reasons';
import type { Micros } from '@logmaster/core/time';

export type Because = ReturnType<typeof becauseOf>;

/** Whole ms as seconds; 0 for undefined and for moments that have not come. */
export function secondsSince(moment: Micros | undefined, now: Micros): number {
  return moment === undefined ? 0 : Math.max(0, Math.round((now - moment) / 1000) / 1000);
}

/**
 * Degraded where there is a reason; nothing here is ever down, for it is tried again. What exactly failed stands in the
 * log: health may be read by strangers.
 */
export function part(name: string, because: Because | '' | undefined, lag?: number): PartHealth {
  const lagged = lag === undefined ? {} : { lag_seconds: lag };
  return because ? { name, state: 'degraded', ...because, ...lagged } : { name, state: 'ok', ...lagged };
}

/** Both in seconds; undefined up to the limit. */
export function lagReason(lag: number, limit: number): Because | undefined {
  return lag > limit ? becauseOf('BEHIND', { seconds: Math.round(lag) }) : undefined;
}
