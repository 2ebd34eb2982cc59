import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatAddress, parseAddress, parseNetwork } from './address.ts';

test.each([
  ['2001:0DB8:0:0:0:0:0:1', '2001:db8::1'],
  ['::', '::'],
  ['::1', '::1'],
  ['1::', '1::'],
  ['2001:db8:0:0:1:0:0:1', '2001:db8::1:0:0:1'],
  ['2001:db8:0:1:1:1:1:1', '2001:db8:0:1:1:1:1:1'],
  ['::ffff:10.0.0.1', '10.0.0.1'],
  ['64:ff9b::10.0.0.1', '64:ff9b::a00:1'],
])('%s is %s (RFC 5952)', (text, canonical) => {
  const address = parseAddress(text);
  expect(address && formatAddress(address)).toBe(canonical);
});

test.each([
  '',
  '1.2.3',
  '1.2.3.256',
  '01.2.3.4',
  '1.2.3.4.5',
  ':',
  ':::',
  '1::2::3',
  '1:2:3:4:5:6:7',
  '1:2:3:4:5:6:7:8:9',
  '12345::',
  'g::',
  '::1.2.3',
])('%j is no address', (text) => expect(parseAddress(text)).toBeUndefined());

test('text and number are each other’s inverse', () => {
  fc.assert(
    fc.property(fc.oneof(fc.ipV4(), fc.ipV6()), (text) => {
      const address = parseAddress(text);
      expect(address).toBeDefined();
      if (address) expect(parseAddress(formatAddress(address))).toEqual(address);
    }),
  );
});

test('a network reaches from its first to its last address, host bits ignored', () => {
  expect(parseNetwork('10.1.2.3/9')).toEqual({
    first: parseAddress('10.0.0.0'),
    last: parseAddress('10.127.255.255'),
  });
  expect(parseNetwork('2001:db8::5/127')).toEqual({
    first: parseAddress('2001:db8::4'),
    last: parseAddress('2001:db8::5'),
  });
  expect(parseNetwork('10.0.0.0/33')).toBeUndefined();
  expect(parseNetwork('::/129')).toBeUndefined();
});
