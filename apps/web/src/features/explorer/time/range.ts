import { fromWallClock, startOfDay, toWallClock } from '../../../i18n/zone.ts';

/** The time range of the explorer. It lives in the URL as one short word, see `formatRange`. */
export type TimeRange =
  | { readonly kind: 'last'; readonly amount: number; readonly unit: Unit }
  | { readonly kind: 'calendar'; readonly name: CalendarRange }
  /** Epoch ms, [from, to). */
  | { readonly kind: 'absolute'; readonly from: number; readonly to: number };

export const UNITS = ['s', 'm', 'h', 'd', 'w'] as const;
export type Unit = (typeof UNITS)[number];

export const UNIT_MS: Record<Unit, number> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 };

export const CALENDAR_RANGES = ['today', 'yesterday', 'this-week', 'last-week', 'this-month', 'last-month'] as const;
export type CalendarRange = (typeof CALENDAR_RANGES)[number];

export const QUICK_RANGES: readonly TimeRange[] = (
  [
    [5, 'm'],
    [15, 'm'],
    [1, 'h'],
    [4, 'h'],
    [24, 'h'],
    [7, 'd'],
    [30, 'd'],
  ] as const
).map(([amount, unit]) => ({ kind: 'last', amount, unit }));

export const DEFAULT_RANGE: TimeRange = { kind: 'last', amount: 1, unit: 'h' };

/** Ranges in epoch ms, [from, to). */
export interface ResolvedRange {
  readonly from: number;
  readonly to: number;
}

/** `15m`, `yesterday`, `2026-11-23T19:00:00.000Z/2026-11-23T20:00:00.000Z` */
export function formatRange(range: TimeRange): string {
  if (range.kind === 'last') return `${range.amount}${range.unit}`;
  if (range.kind === 'calendar') return range.name;
  return `${new Date(range.from).toISOString()}/${new Date(range.to).toISOString()}`;
}

/** Inverse of `formatRange`; null for anything else. */
export function parseRange(text: string): TimeRange | null {
  const last = /^(\d{1,6})([smhdw])$/.exec(text);
  if (last && Number(last[1]) > 0) return { kind: 'last', amount: Number(last[1]), unit: last[2] as Unit };
  if (CALENDAR_RANGES.includes(text as CalendarRange)) return { kind: 'calendar', name: text as CalendarRange };
  const parts = text.split('/').map((part) => (/^\d{4}-\d\d-\d\dT/.test(part) ? Date.parse(part) : Number.NaN));
  const [from = Number.NaN, to = Number.NaN] = parts;
  return parts.length === 2 && from < to ? { kind: 'absolute', from, to } : null;
}

export function resolveRange(range: TimeRange, now: number, timeZone: string): ResolvedRange {
  if (range.kind === 'absolute') return { from: range.from, to: range.to };
  if (range.kind === 'last') return { from: now - range.amount * UNIT_MS[range.unit], to: now };
  return resolveCalendar(range.name, now, timeZone);
}

function resolveCalendar(name: CalendarRange, now: number, timeZone: string): ResolvedRange {
  const day = (days: number) => startOfDay(now, timeZone, days);
  const { year, month, day: date } = toWallClock(now, timeZone);
  // Weeks begin on Monday (ISO 8601), as they do in Turkey.
  const sinceMonday = (new Date(Date.UTC(year, month - 1, date)).getUTCDay() + 6) % 7;
  const monthStart = (offset: number) => {
    const first = new Date(Date.UTC(year, month - 1 + offset, 1));
    const wall = {
      year: first.getUTCFullYear(),
      month: first.getUTCMonth() + 1,
      day: 1,
      hour: 0,
      minute: 0,
      second: 0,
    };
    return fromWallClock(wall, timeZone);
  };
  switch (name) {
    case 'today':
      return { from: day(0), to: day(1) };
    case 'yesterday':
      return { from: day(-1), to: day(0) };
    case 'this-week':
      return { from: day(-sinceMonday), to: day(7 - sinceMonday) };
    case 'last-week':
      return { from: day(-sinceMonday - 7), to: day(-sinceMonday) };
    case 'this-month':
      return { from: monthStart(0), to: monthStart(1) };
    case 'last-month':
      return { from: monthStart(-1), to: monthStart(0) };
  }
}

/** The range `factor` times as long around the same end, or middle for absolute ones. */
export function widenRange(range: TimeRange, factor: number, now: number, timeZone: string): TimeRange {
  if (range.kind === 'last') return { ...range, amount: range.amount * factor };
  const { from, to } = resolveRange(range, now, timeZone);
  const extra = ((to - from) * (factor - 1)) / 2;
  return { kind: 'absolute', from: Math.round(from - extra), to: Math.round(to + extra) };
}
