import { expect, it } from 'vitest';
import { reparseQuery } from './reparse-query.ts';

const device = (id: string, name: string, address: string) => ({ id, name, address, siteId: 'istanbul' });
const mapping = {
  version: 1,
  sites: [],
  devices: [device('d1', 'fw "1"', '10.0.0.1'), device('d2', 'twin', '10.0.0.2'), device('d3', 'twin', '2001:db8::1')],
};
const query = (name?: string) => reparseQuery(mapping, { statuses: ['raw', 'failed'], device: name });

it('asks for statuses, of all devices or of one by its id or address', () => {
  expect(query()).toBe('logmaster.parse.status:(raw OR failed)');
  const third =
    'logmaster.parse.status:(raw OR failed) AND (logmaster.device.id:"d3" OR log.source.address:"2001:db8::1")';
  expect(query('d3')).toBe(third);
  expect(query('2001:db8::1')).toBe(third);
  expect(query('fw "1"')).toContain('logmaster.device.id:"d1"');
});

it('knows no device that is not approved, nor which of two is meant', () => {
  expect(query('10.9.9.9')).toBeUndefined();
  expect(query('twin')).toBeUndefined();
});
