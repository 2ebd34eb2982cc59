import { foldText } from '../../../i18n/fold.ts';
import { fromWallClock, startOfDay } from '../../../i18n/zone.ts';
import { type CalendarRange, parseRange, type TimeRange, type Unit } from './range.ts';

/**
 * Ranges as people type them, in Turkish and English alike: `last 2 hours`, `son 2 saat`, `15 dk`, `dün`, `today`,
 * `23.11.2026 10:00 - 23.11.2026 11:30`, `2026-11-23`, `10:00 - 11:00` (today).
 */
const UNIT_WORDS: readonly (readonly [Unit, RegExp])[] = [
  ['s', /^(s|sn|sec|secs|second|seconds|saniye)$/],
  ['m', /^(m|min|mins|minute|minutes|dk|dakika)$/],
  ['h', /^(h|hr|hrs|hour|hours|sa|saat)$/],
  ['d', /^(d|day|days|g|gun)$/],
  ['w', /^(w|week|weeks|hf|hafta)$/],
];

const NAMES: readonly (readonly [CalendarRange, RegExp])[] = [
  ['today', /^(today|bugun)$/],
  ['yesterday', /^(yesterday|dun)$/],
  ['this-week', /^(this week|bu hafta)$/],
  ['last-week', /^(last week|gecen hafta)$/],
  ['this-month', /^(this month|bu ay)$/],
  ['last-month', /^(last month|gecen ay)$/],
];

/** Null when the text is no range. Wall clocks are read in `timeZone`. */
export function parseTypedRange(text: string, now: number, timeZone: string): TimeRange | null {
  const folded = foldText(text);
  const name = NAMES.find(([, pattern]) => pattern.test(folded))?.[0];
  if (name) return { kind: 'calendar', name };
  return parseLast(folded) ?? parseSpan(text.trim(), now, timeZone) ?? parseRange(text.trim());
}

function parseLast(folded: string): TimeRange | null {
  const match = /^(?:(?:the )?(?:last|past)|son)? ?(\d{1,6})? ?([a-z]+)$/.exec(folded);
  if (!match) return null;
  const unit = UNIT_WORDS.find(([, pattern]) => pattern.test(match[2] ?? ''))?.[0];
  if (!unit || (match[1] === undefined && !/^(last|past|son|the )/.test(folded))) return null;
  const amount = Number(match[1] ?? 1);
  return amount > 0 ? { kind: 'last', amount, unit } : null;
}

function parseSpan(text: string, now: number, timeZone: string): TimeRange | null {
  const [first, second, ...rest] = text.split(/\s+(?:-|–|—|to|until|ile)\s+|\s*[–—/]\s*/i);
  if (first === undefined || rest.length > 0) return null;
  const from = parseMoment(first, now, timeZone);
  if (!from) return null;
  if (second === undefined) return from.wholeDay ? span(from.at, startOfDay(from.at, timeZone, 1)) : span(from.at, now);
  const to = parseMoment(second, from.at, timeZone);
  if (!to) return null;
  return span(from.at, to.wholeDay ? startOfDay(to.at, timeZone, 1) : to.at);
}

function span(from: number, to: number): TimeRange | null {
  return from < to ? { kind: 'absolute', from, to } : null;
}

const YEAR_FIRST = /^(?<y>\d{4})-(?<mo>\d{1,2})-(?<d>\d{1,2})(?:[T ]+(?<time>.+))?$/;
const DAY_FIRST = /^(?<d>\d{1,2})[./](?<mo>\d{1,2})[./](?<y>\d{4})(?:,? +(?<time>.+))?$/;
const CLOCK = /^(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?$/;

/** A moment; `base` gives the day where the text has only a time. */
function parseMoment(text: string, base: number, timeZone: string): { at: number; wholeDay: boolean } | null {
  if (/^\d{4}-\d\d-\d\dT.*(Z|[+-]\d\d:\d\d)$/.test(text)) {
    const at = Date.parse(text);
    return Number.isNaN(at) ? null : { at, wholeDay: false };
  }
  const dated = (YEAR_FIRST.exec(text) ?? DAY_FIRST.exec(text))?.groups;
  const time = dated ? dated.time : text;
  const clock = time === undefined ? null : CLOCK.exec(time);
  if (time !== undefined && !clock) return null;
  const [hour, minute, second] = [1, 2, 3].map((group) => Number(clock?.[group] ?? 0)) as [number, number, number];
  if (hour > 23 || minute > 59 || second > 59) return null;
  if (!dated) return { at: startOfDay(base, timeZone) + ((hour * 60 + minute) * 60 + second) * 1000, wholeDay: false };
  const [year, month, day] = [Number(dated.y), Number(dated.mo), Number(dated.d)];
  const check = new Date(Date.UTC(year, month - 1, day));
  if (check.getUTCMonth() !== month - 1 || check.getUTCDate() !== day) return null;
  return { at: fromWallClock({ year, month, day, hour, minute, second }, timeZone), wholeDay: time === undefined };
}
