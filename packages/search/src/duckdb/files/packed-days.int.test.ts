import { mkdir, readdir } from 'node:fs/promises';
import path from 'node:path';
import type { FlatEvent } from '@logmaster/core/event/event';
import { FULL_SCOPE } from '@logmaster/core/scope';
import { utcDay } from '@logmaster/core/time';
import { createLogger } from '@logmaster/telemetry/logger';
import { expect, onTestFinished, test } from 'vitest';
import { makeBatch, makeEvent, STREAM } from '../../conformance/events.ts';
import { readAll } from '../../conformance/test-store.ts';
import { openDuckDbWriter } from '../../open.ts';
import { fileFolder } from '../catalogue/catalogue-schema.ts';
import { temporaryIndex } from '../test-index.ts';

const DAY = '2026-11-22';
const everything = { text: '', scope: FULL_SCOPE };

/** Sites in turn, the last ten received the day after. */
const events = Array.from({ length: 100 }, (_, index) =>
  makeEvent(index, {
    message: `m${index}`,
    'logmaster.site.id': index % 2 === 0 ? 'istanbul' : 'ankara',
    ...(index < 90 ? {} : { 'logmaster.received_at': Date.UTC(2026, 10, 23) * 1000 + index }),
    labels: { n: String(index) },
  }),
);
const of = (site: string) =>
  events.filter(
    (event) => event['logmaster.site.id'] === site && utcDay(event['logmaster.received_at'] as number) === DAY,
  );
const newestFirst = (list: readonly FlatEvent[]) =>
  [...list].sort((a, b) => (b['@timestamp'] as number) - (a['@timestamp'] as number));

async function setUp() {
  const folder = await temporaryIndex();
  const indexDir = path.join(folder, 'index');
  await mkdir(indexDir);
  const store = openDuckDbWriter({ indexDir, memoryMb: 128, threads: 1, logger: createLogger('test', 'fatal') });
  await store.start();
  onTestFinished(() => store.stop());
  await store.write(makeBatch(events, 0));
  const pack = async (site: string, list: readonly FlatEvent[] = of(site)) => {
    const parquet = path.join(folder, `${site}.parquet`);
    const { records } = await store.writeDayParquet({ site, day: DAY, events: list, path: parquet });
    return { site, day: DAY, parquet, records };
  };
  return { folder, indexDir, store, pack };
}

test('packing changes where records come from, not what is found', async () => {
  const { indexDir, store, pack } = await setUp();
  expect(await readdir(fileFolder(indexDir))).toHaveLength(2);
  for (const [site, fresh] of [
    ['istanbul', 2],
    ['ankara', 1],
  ] as const) {
    await store.replaceDay(await pack(site));
    expect(await readAll(store, everything, 7)).toEqual(newestFirst(events));
    expect(await store.count({ ...everything, text: 'm1? AND labels.n:*' })).toBe(10);
    expect(await store.get(`${STREAM}.1.40`, FULL_SCOPE)).toEqual(events[40]);
    // the fresh file goes when both of its sites are packed; the one of the next day stays
    expect(await readdir(fileFolder(indexDir))).toHaveLength(fresh);
  }
});

test('a record of a packed day that is written again stays hidden', async () => {
  const { store, pack } = await setUp();
  await store.replaceDay(await pack('istanbul'));
  const late = makeEvent(100, { 'logmaster.site.id': 'istanbul', message: 'late' });
  await store.write(makeBatch([late, makeEvent(101, { 'logmaster.site.id': 'ankara' })], 100));
  expect(await store.count(everything)).toBe(101);
  expect(await store.position(STREAM)).toEqual({ journal: 1, sequence: 102 });
});

test('packing twice serves the new file, once', async () => {
  const { store, pack } = await setUp();
  const first = await pack('istanbul');
  await store.replaceDay(first);
  await store.replaceDay(first);
  expect(await readAll(store, everything, 30)).toEqual(newestFirst(events));
});

test('scope holds in the packed tier too', async () => {
  const { store, pack } = await setUp();
  await store.replaceDay(await pack('istanbul'));
  expect(await store.count({ text: '', scope: { ...FULL_SCOPE, sites: ['ankara'] } })).toBe(50);
  expect(await store.get(`${STREAM}.1.40`, { ...FULL_SCOPE, sites: ['ankara'] })).toBeNull();
});

test('what does not belong to the day is refused and leaves nothing', async () => {
  const { folder, store, pack } = await setUp();
  await expect(pack('istanbul', of('ankara'))).rejects.toMatchObject({ code: 'INVALID_INPUT' });
  await expect(pack('istanbul', events.slice(90))).rejects.toMatchObject({ code: 'INVALID_INPUT' });
  expect((await readdir(folder)).filter((name) => name !== 'index')).toEqual([]);
  const good = await pack('istanbul');
  await expect(store.replaceDay({ ...good, records: 44 })).rejects.toMatchObject({ code: 'INVALID_INPUT' });
  await expect(store.replaceDay({ ...good, site: 'ankara' })).rejects.toMatchObject({ code: 'INVALID_INPUT' });
  expect(await readAll(store, everything, 30)).toEqual(newestFirst(events));
});

test('an empty day is packed too', async () => {
  const { store, pack } = await setUp();
  await store.replaceDay(await pack('izmir', []));
  expect(await store.count(everything)).toBe(100);
});

test('a day larger than one part comes in order from any order', async () => {
  const { folder, store } = await setUp();
  const total = 45_000;
  async function* shuffled() {
    for (let index = 0; index < total; index++) {
      const place = (index * 7919) % total;
      yield makeEvent(
        place,
        {
          '@timestamp': place,
          'logmaster.received_at': (events[0] as FlatEvent)['logmaster.received_at'] as number,
          'logmaster.site.id': 'izmir',
        },
        2,
      );
    }
  }
  const parquet = path.join(folder, 'izmir.parquet');
  expect(await store.writeDayParquet({ site: 'izmir', day: DAY, events: shuffled(), path: parquet })).toEqual({
    records: total,
  });
  await store.replaceDay({ site: 'izmir', day: DAY, parquet, records: total });
  const scope = { ...FULL_SCOPE, sites: ['izmir'] };
  expect(await store.count({ text: '', scope })).toBe(total);
  const { events: top } = await store.search({ text: '', scope }, { size: 3 });
  expect(top.map((event) => event['@timestamp'])).toEqual([total - 1, total - 2, total - 3]);
});
