import { expect, test } from 'vitest';
import { formatIso, formatStamp, makeFormats } from './format.ts';
import { isTimeZone, negotiateLocale } from './preferences.ts';

const AT = Date.parse('2026-11-23T19:56:31.007Z');

test('stamps are in the zone of the person, with milliseconds', () => {
  expect(formatStamp(AT, 'Europe/Istanbul')).toBe('2026-11-23 22:56:31.007');
  expect(formatStamp(AT, 'UTC', false)).toBe('2026-11-23 19:56:31');
  expect(formatIso(AT, 'Europe/Istanbul')).toBe('2026-11-23T22:56:31.007+03:00');
});

test('midnight is hour 0, not 24', () => {
  expect(formatStamp(Date.parse('2026-11-23T21:00:00Z'), 'Europe/Istanbul')).toBe('2026-11-24 00:00:00.000');
});

test('numbers and dates follow the language', () => {
  const turkish = makeFormats('tr', 'Europe/Istanbul');
  const english = makeFormats('en', 'Europe/Istanbul');
  expect([turkish.number(1234567), english.number(1234567)]).toEqual(['1.234.567', '1,234,567']);
  expect(turkish.dateTime(AT)).toBe('23.11.2026 22:56:31');
  expect([turkish.relative(AT - 120_000, AT), english.relative(AT - 120_000, AT)]).toEqual([
    '2 dakika önce',
    '2 minutes ago',
  ]);
  expect([turkish.compact(5_800), turkish.compact(1_200_000), english.compact(5_800)]).toEqual([
    '5,8 bin',
    '1,2 mn',
    '5.8k',
  ]);
  expect([english.bytes(999), english.bytes(1_234_567)]).toEqual(['999 B', '1.2 MB']);
});

test('a duration has its two greatest units', () => {
  const [turkish, english] = [makeFormats('tr', 'UTC'), makeFormats('en', 'UTC')];
  const hours = (3 * 60 + 12) * 60_000 + 700;
  expect([turkish.duration(hours), english.duration(hours)]).toEqual(['3 sa. 12 dk.', '3 hrs 12 mins']);
  expect([-640_000, 45_000, 86_400_000, 300].map((ms) => english.duration(ms))).toEqual([
    '10 mins 40 secs',
    '45 secs',
    '1 day',
    '0 secs',
  ]);
});

test('the language comes from the browser, Turkish when it names none of ours', () => {
  expect(negotiateLocale('en-GB,en;q=0.9,tr;q=0.8')).toBe('en');
  expect(negotiateLocale('en;q=0.2, tr-TR;q=0.9')).toBe('tr');
  expect(negotiateLocale('en;q=0, de')).toBe('tr');
  expect(negotiateLocale(null)).toBe('tr');
});

test('zones are asked of Intl', () => {
  expect([isTimeZone('Europe/Istanbul'), isTimeZone('Mars/Olympus'), isTimeZone(undefined)]).toEqual([
    true,
    false,
    false,
  ]);
});
