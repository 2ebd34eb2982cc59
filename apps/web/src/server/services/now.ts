import type { Clock } from '@logmaster/core/clock';

/** The clock's moment as a Date, for the database (ms). */
export function dateOf(clock: Clock): Date {
  return new Date(Math.floor(clock() / 1000));
}
