import { expect, it } from 'vitest';
import { accountOf, readEndpoint } from './endpoint.ts';

it.each([
  ['inside:10.1.1.5/51000', { intf: 'inside', host: '10.1.1.5', port: '51000' }],
  ['10.1.1.5', { host: '10.1.1.5' }],
  ['2001:db8::5/443', { host: '2001:db8::5', port: '443' }],
  ['dmz:2001:db8::5', { intf: 'dmz', host: '2001:db8::5' }],
  ['v1:inside:10.1.1.5/80', { intf: 'v1:inside', host: '10.1.1.5', port: '80' }],
  ['outside: 10.1.1.5/80', { intf: 'outside', host: '10.1.1.5', port: '80' }],
  ['inside:sunucu-1/ssh', { intf: 'inside', host: 'sunucu-1', service: 'ssh' }],
  ['outside:198.51.100.1/1024-1535', { intf: 'outside', host: '198.51.100.1', service: '1024-1535' }],
  [
    'inside:10.1.1.5/51000 (203.0.113.5/1024)(LOCAL\\ayse, 9:misafir)',
    {
      intf: 'inside',
      host: '10.1.1.5',
      port: '51000',
      mappedHost: '203.0.113.5',
      mappedPort: '1024',
      identity: 'LOCAL\\ayse, 9:misafir',
    },
  ],
  [
    'inside:10.1.1.5/32004 (203.0.113.5)',
    { intf: 'inside', host: '10.1.1.5', port: '32004', mappedHost: '203.0.113.5' },
  ],
  ['inside:10.1.1.5 (type 8, code 0)', { intf: 'inside', host: '10.1.1.5' }],
  ['', { host: '' }],
])('%s', (text, expected) => expect(readEndpoint(text)).toEqual(expected));

it.each([
  ['LOCAL\\ayse', 'ayse'],
  ['ANK\\ayse, 9:misafir', 'ayse'],
  ['9:misafir', undefined],
  [undefined, undefined],
])('account of %s', (identity, expected) => expect(accountOf(identity)).toBe(expected));
