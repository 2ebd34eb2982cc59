import { expect, test } from 'vitest';
import { canonicalNetwork } from './ip-network.ts';

test.each([
  ['10.1.2.9/24', '10.1.2.0/24'],
  ['10.1.2.9/31', '10.1.2.8/31'],
  ['10.1.2.9/32', '10.1.2.9'],
  ['0.0.0.0/0', '0.0.0.0/0'],
  ['2001:DB8:1::1/33', '2001:db8::/33'],
  ['2001:db8::1/128', '2001:db8::1'],
  ['10.1.2.9', undefined],
  ['10.1.2.9/33', undefined],
  ['10.1.2.9/', undefined],
  ['10.1.2.9/8/8', undefined],
  ['x/8', undefined],
])('%s is %s', (text, network) => expect(canonicalNetwork(text)).toBe(network));
