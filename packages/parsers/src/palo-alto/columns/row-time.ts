import type { Micros } from '@logmaster/core/time';
import type { ParseContext } from '../../contracts.ts';
import { readDigits } from '../../syslog/units.ts';
import { resolveTime, type WrittenTime } from '../../time/device-time.ts';
import { midnight, readUnitTime, UnitTime } from '../../time/unit-time.ts';
import type { ZoneClock } from '../../time/zone.ts';
import { FIRST_YEAR } from '../time.ts';

const FIRST: Micros = Date.UTC(FIRST_YEAR, 0, 1) * 1000;
const SLASH = 0x2f;
const DOT = 0x2e;
const COLON = 0x3a;
/** Of the row's times; see TIME_COLUMNS. */
const START = 3;

/** The times of rows, as time.ts reads them; each is kept until its column has another value. */
export class RowTimes {
  /** NaN: the row says none. */
  micros = Number.NaN;
  start = Number.NaN;
  private readonly zones: ZoneClock;
  private readonly unit = new UnitTime();
  private readonly written: (WrittenTime | undefined)[] = [undefined, undefined, undefined, undefined];

  constructor(zones: ZoneClock) {
    this.zones = zones;
  }

  /** The time of a column is what bytes[at, end) say. */
  set(time: number, bytes: Uint8Array, at: number, end: number): void {
    this.written[time] = this.read(bytes, at, end);
  }

  /** The moments of the row. False: there is something to note. */
  resolve(context: ParseContext): boolean {
    const [exact, generated, received] = this.written;
    const written = exact ?? generated ?? received;
    this.micros = Number.NaN;
    this.start = Number.NaN;
    if (written !== undefined) {
      const time = resolveTime(written, context, this.zones);
      if (!('micros' in time)) return false;
      this.micros = time.micros;
    }
    const start = this.written[START];
    if (start === undefined) return true;
    const offset = start.offset ?? exact?.offset;
    const begun = resolveTime({ local: start.local, yearMissing: false, offset }, context, this.zones);
    if ('micros' in begun) this.start = begun.micros;
    return true;
  }

  private read(bytes: Uint8Array, at: number, end: number): WrittenTime | undefined {
    if (end - at > 4 && bytes[at + 4] === SLASH) return readSlashed(bytes, at, end);
    const { unit } = this;
    return readUnitTime(bytes, at, end, unit) && unit.local >= FIRST ? unit.toWritten() : undefined;
  }
}

/** `.123` behind the seconds, µs; 0 where there is none, −1 for anything else. */
function readFraction(bytes: Uint8Array, at: number, end: number): number {
  const length = end - at - 1;
  if (length === -1) return 0;
  if (length < 1 || length > 6 || bytes[at] !== DOT) return -1;
  const digits = readDigits(bytes, at + 1, length);
  return digits < 0 ? -1 : digits * 10 ** (6 - length);
}

/** `2026/11/23 19:56:31`, `2026/11/23 19:56:31.123` */
function readSlashed(bytes: Uint8Array, at: number, end: number): WrittenTime | undefined {
  const fraction = readFraction(bytes, at + 19, end);
  if (fraction < 0 || bytes[at + 7] !== SLASH || bytes[at + 10] !== 0x20) return undefined;
  if (bytes[at + 13] !== COLON || bytes[at + 16] !== COLON) return undefined;
  const [year, month, day] = [readDigits(bytes, at, 4), readDigits(bytes, at + 5, 2), readDigits(bytes, at + 8, 2)];
  const [hour, minute] = [readDigits(bytes, at + 11, 2), readDigits(bytes, at + 14, 2)];
  const second = readDigits(bytes, at + 17, 2);
  if (year < FIRST_YEAR || hour < 0 || minute < 0 || second < 0 || hour > 23 || minute > 59 || second > 60)
    return undefined;
  const local = (midnight(year, month - 1, day) + ((hour * 60 + minute) * 60 + second) * 1000) * 1000;
  return Number.isNaN(local) ? undefined : { local: local + fraction, yearMissing: false, offset: undefined };
}
