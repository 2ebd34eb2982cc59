import { expect, test } from 'vitest';
import { directionOf, isInternal } from './address-scope.ts';

test.each([
  ...['10.0.0.0', '10.255.255.255', '172.16.0.0', '172.31.255.255', '192.168.0.1', '127.0.0.1', '169.254.9.9'],
  ...['100.64.0.0', '100.127.255.255', '0.0.0.0', '224.0.0.251', '239.255.255.250', '255.255.255.255'],
  ...['::', '::1', 'fc00::1', 'fdff::1', 'fe80::1', 'febf::1', 'ff02::fb'],
])('%s is inside', (address) => expect(isInternal(address)).toBe(true));

test.each([
  ...['9.255.255.255', '11.0.0.0', '172.15.255.255', '172.32.0.0', '192.167.255.255', '192.169.0.0', '100.63.255.255'],
  ...['100.128.0.0', '169.253.0.1', '240.0.0.1', '8.8.8.8', '::2', '2001:db8::1', 'fec0::1', 'fbff::1', 'no address'],
])('%s is outside', (address) => expect(isInternal(address)).toBe(false));

test('direction is seen from the network', () => {
  expect(directionOf(true, true)).toBe('internal');
  expect(directionOf(true, false)).toBe('outbound');
  expect(directionOf(false, true)).toBe('inbound');
  expect(directionOf(false, false)).toBe('external');
});
