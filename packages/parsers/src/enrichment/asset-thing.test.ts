import { expect, test } from 'vitest';
import { readAssetThing } from './asset-thing.ts';

test.each([
  ['10.1.2.9', { network: '10.1.2.9', mac: null }],
  ['10.1.2.9/24', { network: '10.1.2.0/24', mac: null }],
  ['2001:DB8::1', { network: '2001:db8::1', mac: null }],
  ['00:00:5e:00:53:23', { network: null, mac: '00-00-5E-00-53-23' }],
  ['0000.5e00.5323', { network: null, mac: '00-00-5E-00-53-23' }],
  ['printer', undefined],
  ['', undefined],
])('%j', (text, thing) => expect(readAssetThing(text)).toEqual(thing));
