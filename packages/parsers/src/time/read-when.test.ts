import { expect, it } from 'vitest';
import { readEpoch, readMoment, readWhen } from './read-when.ts';

const second = 1_795_452_991;

it.each([
  ['1795452991', second * 1e6],
  ['1795452991.25', second * 1e6 + 250_000],
  ['1795452991123', second * 1e6 + 123_000],
  ['1795452991123456', second * 1e6 + 123_456],
  ['1795452991123456789', second * 1e6 + 123_456],
  ['17954529911', undefined],
  ['1795452991123.5', undefined],
  ['12345678', undefined],
  ['yesterday', undefined],
  ['', undefined],
])('%s since 1970', (text, micros) => expect(readEpoch(text)).toBe(micros));

it('a moment needs a zone, a written time does not', () => {
  expect(readMoment('2026-11-23T19:56:31+03:00')).toBe(second * 1e6);
  expect(readMoment('Nov 23 2026 16:56:31 GMT')).toBe(second * 1e6);
  expect(readMoment('2026-11-23 19:56:31')).toBeUndefined();
  expect(readWhen('2026-11-23 19:56:31')?.written?.()).toMatchObject({ yearMissing: false, offset: undefined });
  expect(readWhen('1795452991')).toEqual({ micros: second * 1e6 });
  expect(readWhen('x')).toBeUndefined();
});

it('bytes that no record has had yet are no time', () => {
  for (const unit of ['\0', '\u0001', '\u00ff']) expect(readWhen(unit.repeat(20))).toBeUndefined();
});
