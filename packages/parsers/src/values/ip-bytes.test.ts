import fc from 'fast-check';
import { expect, test } from 'vitest';
import { canonicalIp } from './ip.ts';
import { ipBytes } from './ip-bytes.ts';

test.each([
  ['192.0.2.1', [192, 0, 2, 1]],
  ['::1', [...new Array(15).fill(0), 1]],
  ['2001:db8::ff', [0x20, 1, 0x0d, 0xb8, ...new Array(11).fill(0), 0xff]],
  ['::ffff:192.0.2.1', [...new Array(10).fill(0), 255, 255, 192, 0, 2, 1]],
])('%s', (text, bytes) => expect([...(ipBytes(text) ?? [])]).toEqual(bytes));

test.each(['', '1.2.3', '1.2.3.4.5', '1.2.3.256', 'a', ':', ':::', '1:2', '2001:db8::1::2', '::12345'])(
  '%j is no address',
  (text) => expect(ipBytes(text)).toBeUndefined(),
);

test('every canonical address has 4 or 16 bytes, and those of IPv4 are its numbers', () => {
  fc.assert(
    fc.property(fc.oneof(fc.ipV4(), fc.ipV6()), (address) => {
      const canonical = canonicalIp(address);
      if (canonical === undefined) return;
      const bytes = ipBytes(canonical);
      expect(bytes).toHaveLength(canonical.includes(':') ? 16 : 4);
      if (!canonical.includes(':')) expect(bytes?.join('.')).toBe(canonical);
    }),
  );
});
