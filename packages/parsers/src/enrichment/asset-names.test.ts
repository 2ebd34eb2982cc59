import { expect, test } from 'vitest';
import { createAssetNames } from './asset-names.ts';

const names = createAssetNames([
  { name: 'everything', network: '0.0.0.0/0' },
  { name: 'branch', network: '10.1.0.0/16' },
  { name: 'cameras', network: '10.1.2.128/25' },
  { name: 'recorder', network: '10.1.2.130' },
  { name: 'recorder of ankara', network: '10.1.2.130', siteId: 'ankara' },
  { name: 'six', network: '2001:db8::/33' },
  { name: 'printer', mac: '00-00-5E-00-53-23' },
  { name: 'printer of ankara', mac: '00-00-5E-00-53-23', siteId: 'ankara' },
  { name: 'wrong', network: '10.0.0.0/40' },
  { name: 'wrong', network: 'x' },
]);

test.each([
  ['izmir', '10.1.2.130', 'recorder'],
  ['ankara', '10.1.2.130', 'recorder of ankara'],
  ['izmir', '10.1.2.131', 'cameras'],
  ['ankara', '10.1.2.127', 'branch'],
  ['izmir', '10.2.0.1', 'everything'],
  ['izmir', '2001:db8:7fff::1', 'six'],
  ['izmir', '2001:db8:8000::1', undefined],
  ['izmir', 'no address', undefined],
])('%s: %s is %s', (site, address, name) => expect(names.nameOfAddress(site, address)).toBe(name));

test('by MAC', () => {
  expect(names.nameOfMac('izmir', '00-00-5E-00-53-23')).toBe('printer');
  expect(names.nameOfMac('ankara', '00-00-5E-00-53-23')).toBe('printer of ankara');
  expect(names.nameOfMac('izmir', '00-00-5E-00-53-24')).toBeUndefined();
});
