import { appendFile, mkdir, mkdtemp, readFile, rename, rm, rmdir, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { IdentityClaim } from '@logmaster/parsers/enrichment/identity-claim';
import { periodAt } from '@logmaster/parsers/enrichment/identity-table';
import { buildMmdb } from '@logmaster/parsers/enrichment/mmdb/build-mmdb';
import { createEvents } from '@logmaster/telemetry/events';
import { createLogger } from '@logmaster/telemetry/logger';
import { createRegistry } from '@logmaster/telemetry/metrics';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readIdentities } from './identity-book.ts';
import { NodeEnrichment } from './node-enrichment.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'node-enrichment-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const events = createEvents(createLogger('test', 'silent'), createRegistry());
const identityFile = () => path.join(folder, 'identities.jsonl');
const T = 1_800_000_000_000_000;
const login = (user: string, at: number): IdentityClaim => ({
  ...{ kind: 'login', address: '10.0.0.5', at: T + at, user, record: `n.w.1.${at}` },
});

async function open(geoipFiles: readonly string[] = []): Promise<NodeEnrichment> {
  const enrichment = new NodeEnrichment({ identityFile: identityFile(), geoipFiles, events });
  await enrichment.open();
  return enrichment;
}
const userAt = (enrichment: Pick<NodeEnrichment, 'current'>, at: number) =>
  periodAt(enrichment.current.identities.historyOf('istanbul', '10.0.0.5')?.logins ?? [], T + at)?.user;

test('who was where survives a restart, and a line that was cut', async () => {
  const first = await open();
  first.observe('istanbul', login('ayse', 0));
  await first.flush();
  first.observe('istanbul', login('can', 100));
  await first.flush();
  // Never flushed: the batch that told it is not in the index, and is read again.
  first.observe('istanbul', login('ece', 200));
  await appendFile(identityFile(), '{"site":"istanbul","claim":{"kind":"log');
  const second = await open();
  expect([50, 150, 250].map((at) => userAt(second, at))).toEqual(['ayse', 'can', 'can']);
  second.observe('istanbul', login('ece', 200));
  await second.flush();
  const sealer = { current: { geo: undefined, identities: await readIdentities(identityFile()) } };
  expect([50, 150, 250].map((at) => userAt(sealer, at))).toEqual(['ayse', 'can', 'ece']);
});

test('a disk that does not take it costs nothing; it is written when it can be', async () => {
  const enrichment = await open();
  await mkdir(identityFile());
  enrichment.observe('istanbul', login('ayse', 0));
  await enrichment.flush();
  expect(userAt(enrichment, 50)).toBe('ayse');
  await rmdir(identityFile());
  await enrichment.flush();
  expect(userAt(await open(), 50)).toBe('ayse');
});

test('a file that grows is written anew with what still holds, and not more', async () => {
  const enrichment = await open();
  const days = 24 * 3_600_000_000;
  for (let at = 0; at < 30_000; at++) enrichment.observe('istanbul', login(`user-${at}`, at * 1000));
  enrichment.observe('istanbul', login('late', 30 * days));
  await enrichment.flush();
  const lines = (await readFile(identityFile(), 'utf8')).split('\n');
  expect(lines).toHaveLength(2);
  expect(userAt(await open(), 30 * days)).toBe('late');
});

test('GeoIP files are taken again when they change; one that is damaged or missing is told, and costs nothing else', async () => {
  const country = path.join(folder, 'country.mmdb');
  const networks = path.join(folder, 'asn.mmdb');
  const database = (record: { country: { iso_code: string } }) =>
    buildMmdb([{ address: Uint8Array.of(81, 0, 0, 0), bits: 8, record }], { version: 4 });
  const replace = async (bytes: Buffer | string) => {
    await writeFile(`${country}.new`, bytes);
    await rename(`${country}.new`, country);
  };
  const enrichment = await open([country, networks]);
  const { geoip } = enrichment;
  const code = () => enrichment.current.geo?.placeOf('81.1.1.1')?.countryCode;
  expect([geoip.count, geoip.broken, code()]).toEqual([2, 2, undefined]);

  await replace(database({ country: { iso_code: 'TR' } }));
  await enrichment.poll();
  expect([geoip.broken, code()]).toEqual([1, 'TR']);
  const before = enrichment.current;
  await enrichment.poll();
  expect(enrichment.current).toBe(before);

  await replace(database({ country: { iso_code: 'DE' } }).subarray(0, 40));
  await enrichment.poll();
  expect([geoip.broken, code()]).toEqual([2, 'TR']);

  await replace(database({ country: { iso_code: 'DE' } }));
  await enrichment.poll();
  expect([geoip.broken, code()]).toEqual([1, 'DE']);
});
