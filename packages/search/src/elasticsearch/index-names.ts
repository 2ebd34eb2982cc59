import { type Micros, utcDay } from '@logmaster/core/time';

/**
 * Names of everything we have in a cluster. No prefix or retention class holds a dash or a dot, so that no
 * installation's pattern reaches into another's.
 */
export const eventsPattern = (prefix: string) => `${prefix}-*-*.*.*`;
export const eventsTemplate = (prefix: string) => `${prefix}-events`;
export const positionsIndex = (prefix: string) => `${prefix}-positions`;

/**
 * `logmaster-default-2026.11.22`. A function of the record alone, never a rolling name: the same record id can't land
 * in two indices, however often and late it is written.
 */
export function eventsIndex(prefix: string, retention: string, receivedAt: Micros): string {
  return `${prefix}-${retention}-${utcDay(receivedAt).replaceAll('-', '.')}`;
}
