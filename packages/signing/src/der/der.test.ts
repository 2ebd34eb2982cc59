import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DerError, readDer, TAG } from './reader.ts';
import { readBitOctets, readBoolean, readInteger, readOid, readTime } from './values.ts';
import * as der from './writer.ts';

const hex = (text: string) => Buffer.from(text.replaceAll(' ', ''), 'hex');

test.each([
  ['empty', ''],
  ['cut in the length', '30'],
  ['cut in the content', '3003020101'.slice(0, 8)],
  ['bytes behind the end', '0500 00'],
  ['indefinite length', '3080 0500 0000'],
  ['long form of a short length', '3081 02 0500'],
  ['length with a leading zero', '308200 02 0500'],
  ['length of five octets', '30850000000002 0500'],
  ['tag number over 30', '3f2103020101'],
  ['a bad length inside', '3003 0281 01'],
])('DER does not allow: %s', (_, bytes) => {
  expect(() => readDer(hex(bytes))).toThrow(DerError);
});

test('nesting is bounded', () => {
  let deep = der.sequence();
  for (let i = 0; i < 40; i++) deep = der.sequence(deep);
  expect(() => readDer(deep)).toThrow(/nested/);
});

test.each([
  ['padded integer', '020200 01', readInteger],
  ['padded negative integer', '0202ffff', readInteger],
  ['empty integer', '0200', readInteger],
  ['boolean 01', '010101', readBoolean],
  ['unused bits', '03020780', readBitOctets],
  ['padded object identifier', '0603 2a8001', readOid],
  ['object identifier cut off', '06022a86', readOid],
  ['object identifier without arcs', '0600', readOid],
  ['time with a closing zero', `1811${Buffer.from('20261123195631.50Z').toString('hex')}`, readTime],
  ['time of a 13th month', `180f${Buffer.from('20261323195631Z').toString('hex')}`, readTime],
  ['time of 30 February', `180f${Buffer.from('20260230195631Z').toString('hex')}`, readTime],
  ['local time', `1811${Buffer.from('20261123195631+03').toString('hex')}`, readTime],
])('a value that DER does not allow: %s', (_, bytes, read) => {
  expect(() => read(readDer(hex(bytes)))).toThrow(DerError);
});

test('integers, octets and lengths come back as they were', () => {
  fc.assert(fc.property(fc.bigInt({ min: 0n, max: 2n ** 200n }), (n) => readInteger(readDer(der.integer(n))) === n));
  for (const length of [0, 1, 127, 128, 255, 256, 65_535, 65_536]) {
    expect(readDer(der.octetString(Buffer.alloc(length, 7))).expect(TAG.octetString).content.length).toBe(length);
  }
});

test.each(['1.2.840.113549.1.9.16.2.47', '2.5.29.37', '2.25.317826164213408611960325961254927461382', '0.9.2342'])(
  'object identifier %s comes back as it was',
  (id) => {
    expect(readOid(readDer(der.oid(id)))).toBe(id);
  },
);

test('object identifiers are those of X.690 § 8.19', () => {
  expect(der.oid('1.2.840.113549.1.1.11').toString('hex')).toBe('06092a864886f70d01010b');
  expect(der.oid('2.999.3').toString('hex')).toBe('0603883703');
});

test('SET OF is sorted', () => {
  expect(der.setOf([der.integer(300), der.integer(2), der.integer(1)]).toString('hex')).toBe(
    '310a0201010201020202012c',
  );
});

test('times are written and read to the ms', () => {
  const at = new Date('2026-11-23T19:56:31.120Z');
  expect(readTime(readDer(der.generalizedTime(at, true)))).toEqual({ ms: at.getTime(), resolutionMs: 10 });
  expect(readTime(readDer(der.certificateTime(at)))).toEqual({ ms: at.getTime() - 120, resolutionMs: 1000 });
  const late = new Date('2050-01-01T00:00:00Z');
  expect(der.certificateTime(late)[0]).toBe(TAG.generalizedTime);
  expect(readTime(readDer(der.certificateTime(late))).ms).toBe(late.getTime());
});
