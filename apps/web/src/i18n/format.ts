import { formatOffset, toWallClock, zoneOffsetMinutes } from './zone.ts';

/** Ways to print numbers and moments for one person. Moments are epoch milliseconds. */
export interface Formats {
  readonly number: (value: number) => string;
  readonly compact: (value: number) => string;
  readonly percent: (ratio: number) => string;
  /** 1234567 → `1.2 MB` (decimal units). */
  readonly bytes: (value: number) => string;
  /** `23.11.2026 22:56:31` or `11/23/2026, 22:56:31` */
  readonly dateTime: (ms: number) => string;
  readonly date: (ms: number) => string;
  readonly time: (ms: number) => string;
  /** Its two greatest units: `3 hrs 12 min`, `45 sec`. */
  readonly duration: (ms: number) => string;
  /** `2 minutes ago` */
  readonly relative: (ms: number, now: number) => string;
}

const STEPS = [
  ['second', 60],
  ['minute', 60],
  ['hour', 24],
  ['day', 30],
  ['month', 12],
] as const;

const LENGTHS = [
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
  ['second', 1],
] as const;

export function makeFormats(locale: string, timeZone: string): Formats {
  const tag = locale === 'tr' ? 'tr-TR' : 'en-GB';
  const number = new Intl.NumberFormat(tag);
  // Turkish has `B` for a thousand (bin), which reads as bytes: the words are clearer, the long ones cut.
  const compactDisplay = locale === 'tr' ? 'long' : 'short';
  const compact = new Intl.NumberFormat(tag, { notation: 'compact', compactDisplay, maximumSignificantDigits: 3 });
  const percent = new Intl.NumberFormat(tag, { style: 'percent', maximumFractionDigits: 1 });
  const decimal = new Intl.NumberFormat(tag, { maximumFractionDigits: 1 });
  const date = new Intl.DateTimeFormat(tag, { timeZone, day: '2-digit', month: '2-digit', year: 'numeric' });
  const clock = { timeZone, hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' } as const;
  const time = new Intl.DateTimeFormat(tag, clock);
  const relative = new Intl.RelativeTimeFormat(tag, { numeric: 'auto' });
  return {
    number: (value) => number.format(value),
    compact: (value) => compact.format(value).replace('milyon', 'mn').replace('milyar', 'mr'),
    percent: (ratio) => percent.format(ratio),
    bytes: (value) => {
      const power = value < 1000 ? 0 : Math.min(4, Math.floor(Math.log10(value) / 3));
      return `${decimal.format(value / 1000 ** power)} ${['B', 'kB', 'MB', 'GB', 'TB'][power]}`;
    },
    dateTime: (ms) => `${date.format(ms)} ${time.format(ms)}`,
    date: (ms) => date.format(ms),
    time: (ms) => time.format(ms),
    duration: (ms) => {
      let left = Math.round(Math.abs(ms) / 1000);
      const greatest = LENGTHS.findIndex(([, seconds]) => left >= seconds);
      const units = LENGTHS.slice(...(greatest < 0 ? [-1] : [greatest, greatest + 2]));
      const parts = units.map(([unit, seconds]) => {
        const value = Math.floor(left / seconds);
        left -= value * seconds;
        return { unit, value };
      });
      return parts
        .filter(({ value }, index) => value > 0 || index === 0)
        .map(({ unit, value }) => value.toLocaleString(tag, { style: 'unit', unit, unitDisplay: 'short' }))
        .join(' ');
    },
    relative: (ms, now) => {
      let value = Math.round((ms - now) / 1000);
      for (const [unit, size] of STEPS) {
        if (Math.abs(value) < size) return relative.format(value, unit);
        value = Math.round(value / size);
      }
      return relative.format(value, 'year');
    },
  };
}

/** `2026-11-23 22:56:31.123` in a zone: sortable and the same in every language, as tables of logs need it. */
export function formatStamp(ms: number, timeZone: string, withMillis = true): string {
  const wall = toWallClock(ms, timeZone);
  const two = (value: number) => String(value).padStart(2, '0');
  const day = `${wall.year}-${two(wall.month)}-${two(wall.day)}`;
  const clock = `${two(wall.hour)}:${two(wall.minute)}:${two(wall.second)}`;
  const millis = String(((Math.floor(ms) % 1000) + 1000) % 1000).padStart(3, '0');
  return withMillis ? `${day} ${clock}.${millis}` : `${day} ${clock}`;
}

/** ISO 8601 with the zone's offset: `2026-11-23T22:56:31.123+03:00`. */
export function formatIso(ms: number, timeZone: string): string {
  return `${formatStamp(ms, timeZone).replace(' ', 'T')}${formatOffset(zoneOffsetMinutes(ms, timeZone))}`;
}
