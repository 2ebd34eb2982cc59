import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ipBytes } from '../../values/ip-bytes.ts';
import { buildMmdb, type Json } from './build-mmdb.ts';
import { MmdbError } from './decode.ts';
import { openMmdb } from './mmdb.ts';

const bytesOf = (text: string) => ipBytes(text) as Uint8Array;
const network = (text: string, record: Json) => {
  const [address = '', bits] = text.split('/');
  return { address: bytesOf(address), bits: Number(bits), record };
};
const NETWORKS = [
  network('81.0.0.0/8', { country: { iso_code: 'TR', names: { en: 'Türkiye' } } }),
  network('8.8.8.0/24', { country: { iso_code: 'US' }, list: [1, 'two', true] }),
  network('2a02:ff0::/32', { country: { iso_code: 'TR' }, long: 'x'.repeat(100) }),
];

describe.each([24, 28, 32] as const)('records of %d bits', (recordBits) => {
  const database = openMmdb(buildMmdb(NETWORKS, { recordBits }));

  it.each([
    ['81.214.1.1', NETWORKS[0]?.record],
    ['8.8.8.255', NETWORKS[1]?.record],
    ['8.8.9.0', undefined],
    ['2a02:ff0:1::1', NETWORKS[2]?.record],
    ['2a02:ff1::', undefined],
    ['::', undefined],
  ])('%s', (address, record) => expect(database.find(bytesOf(address))).toEqual(record));
});

it('a tree of IPv4 has no IPv6', () => {
  const database = openMmdb(buildMmdb(NETWORKS.slice(0, 2), { version: 4 }));
  expect(database.find(bytesOf('81.1.1.1'))).toEqual(NETWORKS[0]?.record);
  expect(database.find(bytesOf('2a02:ff0::1'))).toBeUndefined();
  expect(database).toMatchObject({ type: 'Test', built: 1_700_000_000 });
});

it('whatever is damaged is an MmdbError, soon', () => {
  const whole = buildMmdb(NETWORKS);
  fc.assert(
    fc.property(fc.nat(whole.length - 1), fc.integer({ min: 0, max: 255 }), fc.nat(whole.length), (at, byte, end) => {
      const damaged = Buffer.from(whole.subarray(0, end));
      if (at < end) damaged[at] = byte;
      try {
        const database = openMmdb(damaged);
        for (const address of ['81.1.1.1', '8.8.8.8', '2a02:ff0::1']) database.find(bytesOf(address));
      } catch (error) {
        if (!(error instanceof MmdbError)) throw error;
      }
    }),
    { numRuns: 2000 },
  );
});
