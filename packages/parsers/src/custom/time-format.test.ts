import { expect, test } from 'vitest';
import { compileTimeFormat } from './time-format.ts';

const at = (text: string) => Date.parse(`${text}Z`) * 1000;
const clock = (text: string) => ({ local: at(text), yearMissing: false, offset: undefined });

test.each([
  ['auto', '2026-11-23T10:00:01', clock('2026-11-23T10:00:01')],
  ['auto', 'Nov 23 10:00:01', { local: at('1972-11-23T10:00:01'), yearMissing: true, offset: undefined }],
  ['unix', '1795428001.25', { micros: 1_795_428_001_250_000 }],
  ['unix_ms', '1795428001250', { micros: 1_795_428_001_250_000 }],
  ['unix_us', '1795428001250000', { micros: 1_795_428_001_250_000 }],
  ['unix_ns', '1795428001250000000', { micros: 1_795_428_001_250_000 }],
  ['dd.MM.yyyy HH:mm:ss', '23.11.2026 10:00:01', clock('2026-11-23T10:00:01')],
  ['d/M/yy H:m:s', '3/1/26 9:5:07', clock('2026-01-03T09:05:07')],
  ['MM/dd/yyyy hh:mm:ss a', '11/23/2026 12:30:00 AM', clock('2026-11-23T00:30:00')],
  ['MM/dd/yyyy hh:mm:ss a', '11/23/2026 01:30:00 pm', clock('2026-11-23T13:30:00')],
  ['EEE MMM d HH:mm:ss yyyy', 'Mon Nov  2 10:00:01 2026', clock('2026-11-02T10:00:01')],
  ['dd/MMM/yyyy:HH:mm:ss Z', '23/Nov/2026:10:00:01 +0300', { ...clock('2026-11-23T10:00:01'), offset: 3 * 3600e6 }],
  [
    'yyyy-MM-dd HH:mm:ss.SSS XXX',
    '2026-11-23 10:00:01.123 +03:00',
    { ...clock('2026-11-23T10:00:01.123'), offset: 3 * 3600e6 },
  ],
  ["yyyyMMdd'T'HHmmss", '20261123T100001', clock('2026-11-23T10:00:01')],
  [
    'MMMM d HH:mm:ss',
    'November 23 10:00:01',
    { local: at('1972-11-23T10:00:01'), yearMissing: true, offset: undefined },
  ],
])('%s reads %j', (format, text, time) => {
  expect(compileTimeFormat(format)(text)).toEqual(time);
});

test.each([
  ['auto', 'yesterday'],
  ['auto', '2026-11-23T10:00:01 and more'],
  ['unix', '-5'],
  ['unix', '1e9'],
  ['dd.MM.yyyy', '31.06.2026'],
  ['dd.MM.yyyy', '23.11.2026 10:00'],
  ['dd.MM.yyyy HH:mm', '23.11.2026 24:00'],
  ['hh:mm a dd.MM.yyyy', '13:00 PM 23.11.2026'],
  ['HH:mm:ss', '10:00:01'],
])('%s does not read %j', (format, text) => {
  expect(compileTimeFormat(format)(text)).toBeUndefined();
});
