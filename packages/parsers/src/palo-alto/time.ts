import type { WrittenTime } from '../time/device-time.ts';
import { readTime, utcMicros } from '../time/read-time.ts';
import type { VendorTime } from '../vendor.ts';
import type { PanRow } from './row.ts';

/** Rows without a high-resolution time carry 1970 in its column. */
export const FIRST_YEAR = 2000;

/**
 * A row's own time: the high-resolution one with its offset (PAN-OS 10 and newer), else when it was generated. Sessions
 * also say when they began; that is written without offset and is of the same zone.
 */
export function readRowTime(row: PanRow): VendorTime {
  const exact = readPanTime(row.value('high_res_timestamp'));
  const written = exact ?? readPanTime(row.value('time_generated')) ?? readPanTime(row.value('receive_time'));
  const start = readPanTime(row.value('start'));
  return {
    ...(written ? { written: () => written } : {}),
    ...(start ? { start: () => ({ ...start, offset: start.offset ?? exact?.offset }) } : {}),
  };
}

/** `2026/11/23 19:56:31`, with a fraction where a relay has added one, or RFC 3339 (high resolution, and all times of the vendor's log service). */
export function readPanTime(text: string): WrittenTime | undefined {
  const time = text.charCodeAt(4) === 0x2f ? readSlashed(text) : readTime(text, 0)?.time;
  return time && new Date(time.local / 1000).getUTCFullYear() >= FIRST_YEAR ? time : undefined;
}

function readSlashed(text: string): WrittenTime | undefined {
  const m = /^(\d{4})\/(\d\d)\/(\d\d) (\d\d):(\d\d):(\d\d)(?:\.(\d{1,6}))?$/.exec(text);
  if (!m) return undefined;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = m.slice(1, 7).map(Number);
  const local = utcMicros(year, month - 1, day, hour, minute, second);
  const fraction = Number((m[7] ?? '').padEnd(6, '0'));
  return local === undefined ? undefined : { local: local + fraction, yearMissing: false, offset: undefined };
}
