import { MICROS_PER_SECOND, type Micros } from '@logmaster/core/time';

/** Turkey has had UTC+3 all year since 2016-09-07 (no summer time). */
export const TURKEY_OFFSET: Micros = 3 * 3600 * MICROS_PER_SECOND;

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;
const WEEKDAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'] as const;

export interface LocalTime {
  /** `2026-11-23` */
  readonly date: string;
  /** `23:30:12` */
  readonly time: string;
  /** `Nov` */
  readonly month: string;
  /** Without a leading zero or space. */
  readonly day: number;
  readonly year: number;
  /** `Mon` */
  readonly weekday: string;
}

let cachedSecond = Number.NaN;
let cached: LocalTime | undefined;

/** Wall clock of a device in Turkey. The last second is remembered: thousands of lines share one. */
export function turkishTime(now: Micros): LocalTime {
  const second = Math.floor(now / MICROS_PER_SECOND);
  if (second === cachedSecond && cached) return cached;
  const shifted = new Date(second * 1000 + TURKEY_OFFSET / 1000);
  const iso = shifted.toISOString();
  cachedSecond = second;
  cached = {
    date: iso.slice(0, 10),
    time: iso.slice(11, 19),
    month: MONTHS[shifted.getUTCMonth()] as string,
    day: shifted.getUTCDate(),
    year: shifted.getUTCFullYear(),
    weekday: WEEKDAYS[shifted.getUTCDay()] as string,
  };
  return cached;
}

/** RFC 3164 § 4.1.2: `Nov 23 23:30:12`, the day padded with a space. */
export function bsdTime(now: Micros): string {
  const local = turkishTime(now);
  return `${local.month} ${String(local.day).padStart(2)} ${local.time}`;
}
