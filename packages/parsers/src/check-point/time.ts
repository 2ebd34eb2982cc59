import { utcMicros } from '../time/read-time.ts';
import { readWhen } from '../time/read-when.ts';
import type { VendorTime } from '../vendor.ts';

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const COMPACT = /^ {0,2}(\d{1,2})([A-Za-z]{3})(\d{4})[ _;]{1,2}(\d{1,2}):(\d\d):(\d\d)/;

/** Seconds since 1970, `23Nov2026 19:56:31` in the gateway's zone, or one of the usual forms. */
export function readCheckPointTime(text: string): VendorTime | undefined {
  const match = COMPACT.exec(text);
  if (!match) return text === '' ? undefined : readWhen(text);
  const month = MONTHS.indexOf((match[2] as string).toLowerCase());
  const [day, year, hour, minute, second] = [match[1], match[3], match[4], match[5], match[6]].map(Number) as [
    number,
    number,
    number,
    number,
    number,
  ];
  const local = utcMicros(year, month, day, hour, minute, second);
  return local === undefined ? undefined : { written: () => ({ local, yearMissing: false, offset: undefined }) };
}
