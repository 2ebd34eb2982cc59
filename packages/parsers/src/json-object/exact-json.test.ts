import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseExact } from './exact-json.ts';

it('keeps each digit of whole numbers, as a number where a double holds it', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: -(2n ** 70n), max: 2n ** 70n }), (number) => {
      const read = parseExact(`{"a":[1,${number}],"b": ${number}}`) as { a: unknown[]; b: unknown };
      expect(String(read.b)).toBe(String(number));
      expect(read.a[1]).toBe(read.b);
      expect(typeof read.b).toBe(String(Number(number)) === String(number) ? 'number' : 'string');
    }),
  );
});

it('reads all else as JSON.parse does', () => {
  // No double is an odd number beyond 2^53.
  const odd = fc.bigInt({ min: 2n ** 53n, max: 2n ** 64n }).map((number) => number | 1n);
  fc.assert(
    fc.property(fc.json(), odd, (json, number) => {
      expect(parseExact(json)).toEqual(JSON.parse(json));
      expect(parseExact(`[${json},${number}]`)).toEqual([JSON.parse(json), String(number)]);
    }),
  );
});

it('leaves fractions, exponents and texts with many digits alone', () => {
  const text = '{"a":1795452991.12345678901234567,"b":1e30,"c":"12345678901234567890, :99999999999999999"}';
  expect(parseExact(text)).toEqual(JSON.parse(text));
});
