/** Microseconds since 1970-01-01T00:00Z. Fits a double exactly until the year 2255. */
export type Micros = number;

export const MICROS_PER_SECOND = 1_000_000;
export const MICROS_PER_DAY = 86_400 * MICROS_PER_SECOND;

/** `2026-11-23T19:56:31.000123Z` */
export function microsToRfc3339(micros: Micros): string {
  const millis = Math.floor(micros / 1000);
  const rest = micros - millis * 1000;
  const iso = new Date(millis).toISOString();
  return `${iso.slice(0, -1)}${String(rest).padStart(3, '0')}Z`;
}

/** Parses RFC 3339 with any number of fraction digits (beyond µs is cut). Returns NaN for anything else. */
export function rfc3339ToMicros(text: string): Micros {
  const match = /^(\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d)(?:\.(\d+))?([Zz]|[+-]\d\d:\d\d)$/.exec(text);
  if (!match) return Number.NaN;
  const whole = Date.parse(`${match[1]}${match[3]}`);
  const fraction = Number((match[2] ?? '').padEnd(6, '0').slice(0, 6));
  return whole * 1000 + fraction;
}

/** UTC day `YYYY-MM-DD` of a moment. */
export function utcDay(micros: Micros): string {
  return new Date(Math.floor(micros / 1000)).toISOString().slice(0, 10);
}

/** First µs of a UTC day `YYYY-MM-DD`. */
export function dayStart(day: string): Micros {
  return Date.parse(`${day}T00:00:00Z`) * 1000;
}
