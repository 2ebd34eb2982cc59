import { type Micros, microsToRfc3339, rfc3339ToMicros } from '@logmaster/core/time';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { resolveTime } from './device-time.ts';
import { readTime } from './read-time.ts';
import { createZoneClock } from './zone.ts';

const zones = createZoneClock();

function resolve(text: string, timeZone: string, receivedAt: string): string {
  const written = readTime(text, 0);
  if (!written) return 'no time';
  const resolved = resolveTime(written.time, { timeZone, receivedAt: rfc3339ToMicros(receivedAt), source: '' }, zones);
  return 'micros' in resolved ? microsToRfc3339(resolved.micros).replace('.000000', '') : resolved.doubt;
}

describe('a device time becomes a moment', () => {
  it.each([
    [
      'Istanbul has been UTC+3 since 2016',
      '2026-07-01 12:00:00',
      'Europe/Istanbul',
      '2026-07-01T09:00:00Z',
      '2026-07-01T09:00:00Z',
    ],
    [
      'and had summer time before',
      '2015-01-15 12:00:00',
      'Europe/Istanbul',
      '2026-07-01T09:00:00Z',
      '2015-01-15T10:00:00Z',
    ],
    ['summer in Berlin', '2026-07-01 12:00:00', 'Europe/Berlin', '2026-07-01T10:00:00Z', '2026-07-01T10:00:00Z'],
    ['winter in Berlin', '2026-11-23 12:00:00', 'Europe/Berlin', '2026-11-23T11:00:00Z', '2026-11-23T11:00:00Z'],
    [
      'the hour that comes twice, first time',
      '2026-10-25 02:30:00',
      'Europe/Berlin',
      '2026-10-25T00:30:01Z',
      '2026-10-25T00:30:00Z',
    ],
    [
      'the hour that comes twice, second time',
      '2026-10-25 02:30:00',
      'Europe/Berlin',
      '2026-10-25T01:30:01Z',
      '2026-10-25T01:30:00Z',
    ],
    [
      'the hour that is skipped',
      '2026-03-29 02:30:00',
      'Europe/Berlin',
      '2026-03-29T01:30:00Z',
      '2026-03-29T01:30:00Z',
    ],
    [
      'half an hour of summer time',
      '2026-01-15 12:00:00',
      'Australia/Lord_Howe',
      '2026-01-15T01:00:00Z',
      '2026-01-15T01:00:00Z',
    ],
    [
      'its own offset beats the zone',
      '2026-11-23T12:00:00-05:00',
      'Europe/Berlin',
      '2026-11-23T17:00:00Z',
      '2026-11-23T17:00:00Z',
    ],
    ['no year', 'Nov 23 19:56:31', 'Europe/Istanbul', '2026-11-23T16:56:32Z', '2026-11-23T16:56:31Z'],
    [
      'last year, read after new year',
      'Dec 31 23:59:59',
      'Europe/Istanbul',
      '2026-12-31T21:00:05Z',
      '2026-12-31T20:59:59Z',
    ],
    ['December, received in January', 'Dec 31 23:59:59', 'UTC', '2027-01-01T00:00:05Z', '2026-12-31T23:59:59Z'],
    [
      'January, received in December from a clock ahead',
      'Jan  1 00:00:05',
      'UTC',
      '2026-12-31T23:59:59Z',
      '2027-01-01T00:00:05Z',
    ],
    [
      'new year in Istanbul, three hours before it is so in UTC',
      'Jan  1 00:30:00',
      'Europe/Istanbul',
      '2026-12-31T21:30:01Z',
      '2026-12-31T21:30:00Z',
    ],
    [
      'the last evening of the year in New York, when it is over in UTC',
      'Dec 31 20:00:00',
      'America/New_York',
      '2027-01-01T01:00:01Z',
      '2027-01-01T01:00:00Z',
    ],
    ['a record that waited over new year', 'Dec 30 12:00:00', 'UTC', '2027-01-02T08:00:00Z', '2026-12-30T12:00:00Z'],
    ['no year, half a year ago', 'May 27 12:00:00', 'UTC', '2026-11-23T12:00:00Z', '2026-05-27T12:00:00Z'],
    ['no year, with an offset', 'Dec 31 23:59:59 +03:00', 'UTC', '2026-12-31T21:00:00Z', '2026-12-31T20:59:59Z'],
    [
      'no year, in the hour that comes twice, first time',
      'Oct 25 02:30:00',
      'Europe/Berlin',
      '2026-10-25T00:30:01Z',
      '2026-10-25T00:30:00Z',
    ],
    [
      'no year, in the hour that comes twice, second time',
      'Oct 25 02:30:00',
      'Europe/Berlin',
      '2026-10-25T01:30:01Z',
      '2026-10-25T01:30:00Z',
    ],
    [
      'the hour that is skipped in the south, by half an hour',
      '2026-10-04 02:15:00',
      'Australia/Lord_Howe',
      '2026-10-03T15:45:00Z',
      '2026-10-03T15:45:00Z',
    ],
    [
      'the first moment behind the skipped hour',
      '2026-03-29 03:00:00',
      'Europe/Berlin',
      '2026-03-29T01:00:01Z',
      '2026-03-29T01:00:00Z',
    ],
    [
      'the last moment before the hour that comes twice',
      '2026-10-25 01:59:59',
      'Europe/Berlin',
      '2026-10-24T23:59:59Z',
      '2026-10-24T23:59:59Z',
    ],
    ['a leap second', '2016-12-31 23:59:60', 'UTC', '2026-11-23T16:00:00Z', '2017-01-01T00:00:00Z'],
    ['29 February', 'Feb 29 12:00:00', 'UTC', '2028-02-29T12:00:01Z', '2028-02-29T12:00:00Z'],
    ['29 February where none is near', 'Feb 29 12:00:00', 'UTC', '2026-02-28T12:00:01Z', 'no year fits the date'],
    ['26 h ahead', '2026-11-24T18:00:00Z', 'UTC', '2026-11-23T16:00:00Z', '2026-11-24T18:00:00Z'],
    [
      'more than 26 h ahead',
      '2026-11-24T18:00:01Z',
      'UTC',
      '2026-11-23T16:00:00Z',
      'device clock more than 26 h ahead',
    ],
    ['a month ahead, without year', 'Dec 23 19:56:31', 'UTC', '2026-11-23T16:00:00Z', '2025-12-23T19:56:31Z'],
    ['a clock that was never set', 'Mar  1 1993 00:02:01', 'UTC', '2026-11-23T16:00:00Z', 'device clock not set'],
    ['an unknown zone', '2026-11-23 12:00:00', 'Mars/Olympus', '2026-11-23T16:00:00Z', 'unknown time zone'],
    ['31 November', '2026-11-31 12:00:00', 'UTC', '2026-11-23T16:00:00Z', 'no time'],
  ])('%s', (_name, text, zone, receivedAt, expected) => expect(resolve(text, zone, receivedAt)).toBe(expected));
});

it('takes back any moment as it shows on clocks in any zone, twice-told hours aside', () => {
  const zone = fc.constantFrom(
    'Europe/Istanbul',
    'Europe/Berlin',
    'America/St_Johns',
    'Australia/Lord_Howe',
    'Asia/Kathmandu',
  );
  const moment = fc.integer({ min: Date.UTC(2012, 0, 1) / 1000, max: Date.UTC(2040, 0, 1) / 1000 });
  fc.assert(
    fc.property(zone, moment, (timeZone, seconds) => {
      const micros: Micros = seconds * 1_000_000;
      const shown = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' }).format(
        seconds * 1000,
      );
      const local = readTime(shown, 0)?.time.local as Micros;
      expect(zones.toUtc(local, timeZone, micros)).toBe(micros);
    }),
    { numRuns: 500 },
  );
});
