/** Wall clock and zone arithmetic on epoch milliseconds, by Intl alone. */
export interface WallClock {
  readonly year: number;
  /** 1 to 12 */
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
}

const formats = new Map<string, Intl.DateTimeFormat>();

function partsFormat(timeZone: string): Intl.DateTimeFormat {
  let format = formats.get(timeZone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    });
    formats.set(timeZone, format);
  }
  return format;
}

export function toWallClock(ms: number, timeZone: string): WallClock {
  const found: Record<string, number> = {};
  for (const part of partsFormat(timeZone).formatToParts(ms)) found[part.type] = Number(part.value);
  const { year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0 } = found;
  return { year, month, day, hour, minute, second };
}

/** Minutes east of UTC at a moment. */
export function zoneOffsetMinutes(ms: number, timeZone: string): number {
  const wall = toWallClock(ms, timeZone);
  return Math.round((asUtc(wall) - Math.floor(ms / 1000) * 1000) / 60_000);
}

/** Moment of a wall clock. A time that a change of offset skips moves forward; one that happens twice is the first. */
export function fromWallClock(wall: WallClock, timeZone: string): number {
  const utc = asUtc(wall);
  const before = zoneOffsetMinutes(utc - 86_400_000, timeZone);
  const after = zoneOffsetMinutes(utc + 86_400_000, timeZone);
  const early = utc - Math.max(before, after) * 60_000;
  if (zoneOffsetMinutes(early, timeZone) === Math.max(before, after)) return early;
  const late = utc - Math.min(before, after) * 60_000;
  if (zoneOffsetMinutes(late, timeZone) === Math.min(before, after)) return late;
  return utc - before * 60_000; // skipped: read with the offset that held before the change
}

/** Midnight that begins the day of a moment, `days` days later. */
export function startOfDay(ms: number, timeZone: string, days = 0): number {
  const { year, month, day } = toWallClock(ms, timeZone);
  const shifted = new Date(Date.UTC(year, month - 1, day + days));
  return fromWallClock(
    {
      year: shifted.getUTCFullYear(),
      month: shifted.getUTCMonth() + 1,
      day: shifted.getUTCDate(),
      hour: 0,
      minute: 0,
      second: 0,
    },
    timeZone,
  );
}

function asUtc(wall: WallClock): number {
  return Date.UTC(wall.year, wall.month - 1, wall.day, wall.hour, wall.minute, wall.second);
}

/** `+03:00` */
export function formatOffset(minutes: number): string {
  const magnitude = Math.abs(minutes);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${minutes < 0 ? '-' : '+'}${two(Math.floor(magnitude / 60))}:${two(magnitude % 60)}`;
}
