import type { Micros } from '@logmaster/core/time';
import type { ParseContext } from '../../contracts.ts';
import { readDigits } from '../../syslog/units.ts';
import { resolveTime, type WrittenTime } from '../../time/device-time.ts';
import { utcMicros } from '../../time/read-time.ts';
import { readUnitTime, UnitTime } from '../../time/unit-time.ts';
import type { ZoneClock } from '../../time/zone.ts';
import { FIRST_YEAR } from '../time.ts';
import type { RowPlaces } from './places.ts';
import { place } from './row-columns.ts';

const HIGH_RESOLUTION = place('high_res_timestamp');
const GENERATED = place('time_generated');
const RECEIVED = place('receive_time');
const START = place('start');
const FIRST: Micros = Date.UTC(FIRST_YEAR, 0, 1) * 1000;
const SLASH = 0x2f;
const COLON = 0x3a;

/** The times of a row of TRAFFIC, as time.ts reads them. */
export class RowTimes {
  /** NaN: the row says none. */
  micros = Number.NaN;
  start = Number.NaN;
  private readonly zones: ZoneClock;
  private readonly unit = new UnitTime();

  constructor(zones: ZoneClock) {
    this.zones = zones;
  }

  /** False: there is something to note. */
  read(bytes: Uint8Array, places: RowPlaces, context: ParseContext): boolean {
    const exact = this.column(bytes, places, HIGH_RESOLUTION);
    const written = exact ?? this.column(bytes, places, GENERATED) ?? this.column(bytes, places, RECEIVED);
    this.micros = Number.NaN;
    this.start = Number.NaN;
    if (written !== undefined) {
      const time = resolveTime(written, context, this.zones);
      if (!('micros' in time)) return false;
      this.micros = time.micros;
    }
    const start = this.column(bytes, places, START);
    if (start === undefined) return true;
    const begun = resolveTime({ ...start, offset: start.offset ?? exact?.offset }, context, this.zones);
    if ('micros' in begun) this.start = begun.micros;
    return true;
  }

  private column(bytes: Uint8Array, { from, to, count }: RowPlaces, index: number): WrittenTime | undefined {
    if (index >= count) return undefined;
    const [at, end] = [from[index] as number, to[index] as number];
    if (end - at > 4 && bytes[at + 4] === SLASH) return readSlashed(bytes, at, end);
    const { unit } = this;
    return readUnitTime(bytes, at, end, unit) && unit.local >= FIRST ? unit.toWritten() : undefined;
  }
}

/** `2026/11/23 19:56:31` */
function readSlashed(bytes: Uint8Array, at: number, end: number): WrittenTime | undefined {
  if (end - at !== 19 || bytes[at + 7] !== SLASH || bytes[at + 10] !== 0x20) return undefined;
  if (bytes[at + 13] !== COLON || bytes[at + 16] !== COLON) return undefined;
  const [year, month, day] = [readDigits(bytes, at, 4), readDigits(bytes, at + 5, 2), readDigits(bytes, at + 8, 2)];
  const [hour, minute] = [readDigits(bytes, at + 11, 2), readDigits(bytes, at + 14, 2)];
  const second = readDigits(bytes, at + 17, 2);
  if (year < FIRST_YEAR || hour < 0 || minute < 0 || second < 0) return undefined;
  const local = utcMicros(year, month - 1, day, hour, minute, second);
  return local === undefined || local < FIRST ? undefined : { local, yearMissing: false, offset: undefined };
}
