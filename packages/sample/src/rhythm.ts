import { MICROS_PER_DAY, MICROS_PER_SECOND, type Micros } from '@logmaster/core/time';
import { TURKEY_OFFSET } from './zone.ts';

/** Share of the busiest hour for each hour of a working day in Turkey, lunch at 12. */
const WORKDAY = [
  0.16, 0.14, 0.12, 0.12, 0.12, 0.14, 0.2, 0.4, 0.75, 0.95, 1, 1, 0.8, 0.9, 1, 0.98, 0.95, 0.85, 0.6, 0.45, 0.4, 0.36,
  0.3, 0.22,
] as const;
const WEEKEND_FACTOR = 0.4;
const QUIETEST = 0.12;

/** How busy the offices are: 0.12 at night to 1 in the late morning, with straight lines between the hours. */
export function activity(now: Micros): number {
  const local = now + TURKEY_OFFSET;
  const hour = (local % MICROS_PER_DAY) / (3600 * MICROS_PER_SECOND);
  const from = WORKDAY[Math.floor(hour)] ?? QUIETEST;
  const to = WORKDAY[(Math.floor(hour) + 1) % 24] ?? QUIETEST;
  const level = from + (to - from) * (hour % 1);
  // Day 0 of the epoch was a Thursday.
  const weekday = (Math.floor(local / MICROS_PER_DAY) + 4) % 7;
  return Math.max(QUIETEST, weekday === 0 || weekday === 6 ? level * WEEKEND_FACTOR : level);
}
