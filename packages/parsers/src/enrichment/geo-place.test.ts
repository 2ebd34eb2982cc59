import { expect, test } from 'vitest';
import { ipBytes } from '../values/ip-bytes.ts';
import { createGeoLookup } from './geo-place.ts';
import { buildMmdb, type Json } from './mmdb/build-mmdb.ts';
import { MmdbError } from './mmdb/decode.ts';
import { openMmdb } from './mmdb/mmdb.ts';

const fileOf = (record: Json) =>
  openMmdb(buildMmdb([{ address: ipBytes('81.0.0.0') as Uint8Array, bits: 8, record }], { version: 4 }));
const fail = (error: unknown) => {
  throw error;
};

test('country and network come from different files', () => {
  const lookup = createGeoLookup(
    [
      fileOf({ country: { iso_code: 'TR', names: { en: 'Türkiye', tr: 'Türkiye' } } }),
      fileOf({ autonomous_system_number: 9121, autonomous_system_organization: 'Türk Telekom' }),
    ],
    fail,
  );
  const place = { countryCode: 'TR', countryName: 'Türkiye', asNumber: 9121, asOrganization: 'Türk Telekom' };
  expect(lookup.placeOf('81.1.2.3')).toEqual(place);
  expect(lookup.placeOf('81.1.2.3')).toEqual(place);
  expect(lookup.placeOf('82.1.2.3')).toBeUndefined();
  expect(lookup.placeOf('2001:db8::1')).toBeUndefined();
  expect(lookup.placeOf('no address')).toBeUndefined();
});

test('flat records, and where the address is registered when its country is not known', () => {
  const flat = createGeoLookup([fileOf({ country: 'TR', country_name: 'Turkey', asn: 'AS9121', as_name: 'TT' })], fail);
  expect(flat.placeOf('81.0.0.1')).toEqual({
    ...{ countryCode: 'TR', countryName: 'Turkey', asNumber: 9121, asOrganization: 'TT' },
  });
  const registered = createGeoLookup([fileOf({ registered_country: { iso_code: 'TR' } })], fail);
  expect(registered.placeOf('81.0.0.1')?.countryCode).toBe('TR');
  expect(createGeoLookup([fileOf({ other: 1 })], fail).placeOf('81.0.0.1')).toBeUndefined();
});

test('a damaged record is told and costs its own file alone', () => {
  const told: unknown[] = [];
  const broken = {
    ...{ type: 'Test', built: 0 },
    find: () => {
      throw new MmdbError('damaged');
    },
  };
  const lookup = createGeoLookup([broken, fileOf({ country: { iso_code: 'TR' } })], (error) => told.push(error));
  expect(lookup.placeOf('81.0.0.1')?.countryCode).toBe('TR');
  expect(told).toHaveLength(1);
});
