import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { SearchNotice } from '@logmaster/core/api/search';
import type { FlatEvent } from '@logmaster/core/event/event';
import { FULL_SCOPE } from '@logmaster/core/scope';
import { utcDay } from '@logmaster/core/time';
import { createLogger } from '@logmaster/telemetry/logger';
import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import { BASE, makeBatch, makeEvent, STREAM } from '../../conformance/events.ts';
import { indexed } from '../../indexed-event.ts';
import { openDuckDbReader } from '../../open.ts';
import { isInRanges, type ShedPart } from '../../sheddable-index.ts';
import type { CallOptions, SearchStore } from '../../store.ts';
import { catalogueFile, fileFolder } from '../catalogue/catalogue-schema.ts';
import { temporaryIndex } from '../test-index.ts';
import { DuckDbWriter } from '../writer.ts';

const HOUR = 3_600_000_000;
const DAY = utcDay(BASE);
const everything = { text: '', scope: FULL_SCOPE };
const logger = createLogger('test', 'silent');

/** 20 records an hour over 40 hours, sites in turn. */
const events = Array.from({ length: 800 }, (_, index) =>
  makeEvent(index, {
    '@timestamp': BASE + Math.floor(index / 20) * HOUR + index,
    'logmaster.received_at': BASE + Math.floor(index / 20) * HOUR + index,
    'logmaster.site.id': index % 2 === 0 ? 'istanbul' : 'ankara',
  }),
);
const dayOf = (event: FlatEvent) => utcDay(event['logmaster.received_at'] as number);

async function openIndex(indexDir?: string) {
  const folder = indexDir ?? (await temporaryIndex());
  const store = new DuckDbWriter({ indexDir: folder, memoryMb: 128, threads: 1, logger });
  await store.start();
  onTestFinished(() => store.stop());
  return { folder, store };
}

/** One file an hour: too few of each level for a merge. */
async function filled() {
  const { folder, store } = await openIndex();
  for (let from = 0; from < 200; from += 20) await store.write(makeBatch(events.slice(from, from + 20), from));
  await store.write(makeBatch(events.slice(200), 200));
  return { folder, store };
}

async function* evidenceOf(part: ShedPart, all: readonly FlatEvent[] = events): AsyncGenerator<FlatEvent> {
  for (const event of all) {
    const { stream, position, site } = indexed(event);
    if (dayOf(event) !== part.day || !part.sites.includes(site)) continue;
    if (isInRanges(part.ranges, stream, position)) yield event;
  }
}

/** Each call's notices. */
async function noticesOf(store: SearchStore, query: Parameters<SearchStore['count']>[0]) {
  const heard: SearchNotice[][] = [];
  const listening = (): CallOptions => {
    const notices: SearchNotice[] = [];
    heard.push(notices);
    return { onNotice: (notice) => notices.push(notice) };
  };
  await store.search(query, { size: 10 }, listening());
  await store.count(query, listening());
  await store.histogram(
    { ...query, from: query.from ?? BASE, to: query.to ?? BASE + 40 * HOUR },
    { buckets: 5 },
    listening(),
  );
  await store.topValues(query, 'logmaster.site.id', 5, listening());
  return heard;
}

test('a search says what is out, and a call that could not hear it fails', async () => {
  const { folder, store } = await filled();
  const part = await store.shedOldest(1, () => true);
  expect(part).toMatchObject({ day: DAY, records: 20 });
  const notice: SearchNotice = { code: 'INDEX_SHED', days: [DAY] };
  expect(await noticesOf(store, everything)).toEqual(Array(4).fill([notice]));
  const reader = openDuckDbReader({
    indexDir: folder,
    memoryMb: 128,
    logger,
    hostModule: path.join(import.meta.dirname, '..', 'host.ts'),
  });
  onTestFinished(() => reader.stop());
  expect(await noticesOf(reader, everything)).toEqual(Array(4).fill([notice]));
  for (const each of [store, reader]) {
    await expect(each.count(everything)).rejects.toMatchObject({ code: 'SEARCH_INCOMPLETE', data: { days: [DAY] } });
    await expect(each.get(`${STREAM}.1.3`, FULL_SCOPE)).rejects.toMatchObject({ code: 'SEARCH_INCOMPLETE' });
    expect(await each.get(`${STREAM}.1.20`, FULL_SCOPE)).toEqual(events[20]);
  }
  // other times, and people who may not see any of its records, miss nothing
  expect(await noticesOf(store, { ...everything, from: BASE + HOUR })).toEqual([[], [], [], []]);
  const elsewhere = { text: '', scope: { ...FULL_SCOPE, sites: ['izmir'] } };
  expect(await noticesOf(store, elsewhere)).toEqual([[], [], [], []]);
});

test('what can not be rebuilt stays, the oldest of the rest goes first, and its files with it', async () => {
  const { folder, store } = await filled();
  const before = (await readdir(fileFolder(folder))).length;
  expect(await store.shedOldest(1, () => false)).toBeNull();
  const notBefore = (sequence: number) => (part: { ranges: ShedPart['ranges'] }) =>
    part.ranges.every(({ first }) => first.sequence >= sequence);
  const part = await store.shedOldest(1, notBefore(60));
  expect(part?.ranges).toEqual([
    { stream: STREAM, first: { journal: 1, sequence: 60 }, last: { journal: 1, sequence: 79 } },
  ]);
  expect(await readdir(fileFolder(folder))).toHaveLength(before - 1);
  const rest = await store.shedOldest(Number.MAX_SAFE_INTEGER, () => true);
  expect(rest?.day).toBe(DAY);
  expect(store.shedParts().reduce((sum, { records }) => sum + records, 0)).toBe(
    events.filter((event) => dayOf(event) === DAY).length,
  );
});

test('a part that a merge has come to span is one with what was merged around it', async () => {
  const { folder, store } = await openIndex();
  const write = async (from: number, to: number) => {
    for (let at = from; at < to; at += 10) await store.write(makeBatch(events.slice(at, at + 10), at));
  };
  await write(0, 100);
  const middle = await store.shedOldest(1, ({ ranges }) => ranges.every(({ first }) => first.sequence === 50));
  expect(middle?.records).toBe(10);
  await write(100, 180);
  const merged = async () => (await readdir(fileFolder(folder))).some((name) => name.includes('-1-'));
  await expect.poll(merged, { timeout: 60_000 }).toBe(true);
  const part = (await store.shedOldest(1, () => true)) as ShedPart;
  expect(part.records).toBeGreaterThan(100);
  expect(store.shedParts()).toEqual([part]);
  await store.restore(part, evidenceOf(part));
  expect(await store.count(everything)).toBe(180);
});

test('a restore brings the same records back, once, after a restart too; another number is refused', async () => {
  const { folder, store } = await filled();
  const part = (await store.shedOldest(1, () => true)) as ShedPart;
  await store.stop();
  const again = await openIndex(folder);
  expect(again.store.shedParts()).toEqual([part]);
  await expect(again.store.restore(part, evidenceOf(part, events.slice(1)))).rejects.toMatchObject({
    code: 'INVALID_INPUT',
  });
  async function* foreign() {
    yield* evidenceOf(part);
    yield events[20] as FlatEvent;
  }
  await expect(again.store.restore(part, foreign())).rejects.toMatchObject({ code: 'INVALID_INPUT' });
  expect(again.store.shedParts()).toEqual([part]);
  const files = await readdir(fileFolder(folder));
  await again.store.restore(part, evidenceOf(part));
  await again.store.restore(part, evidenceOf(part));
  expect(await again.store.count(everything)).toBe(800);
  expect(await again.store.get(`${STREAM}.1.3`, FULL_SCOPE)).toEqual(events[3]);
  expect(await readdir(fileFolder(folder))).toHaveLength(files.length + 1);
  // a replay of the journal doubles nothing of it
  await again.store.write(makeBatch(events.slice(0, 20), 0));
  expect(await again.store.count(everything)).toBe(800);
});

test('a day that is packed meanwhile is served from its file; only the rest waits for its restore', async () => {
  const { folder, store } = await filled();
  const part = (await store.shedOldest(1, () => true)) as ShedPart;
  const pack = async (site: string) => {
    const parquet = path.join(folder, `${site}.parquet`);
    const list = events.filter((event) => dayOf(event) === DAY && event['logmaster.site.id'] === site);
    const { records } = await store.writeDayParquet({ site, day: DAY, events: list, path: parquet });
    await store.replaceDay({ site, day: DAY, parquet, records });
  };
  await pack('ankara');
  expect(store.shedParts()).toMatchObject([{ id: part.id, sites: ['istanbul'], records: 10 }]);
  expect(await noticesOf(store, { text: '', scope: { ...FULL_SCOPE, sites: ['ankara'] } })).toEqual([[], [], [], []]);
  // it was read for both sites: what the packed file serves stays hidden
  await store.restore(part, evidenceOf(part));
  expect(await store.count(everything)).toBe(800);
  await store.shedOldest(1, () => true);
  await pack('istanbul');
  expect(store.shedParts()).toEqual([]);
  expect(await store.count(everything)).toBe(800);
});

test('an index of the format before gets the tables and keeps its records', async () => {
  const { folder, store } = await filled();
  await store.stop();
  const database = new DatabaseSync(catalogueFile(folder));
  database.exec(
    "DROP TABLE shed_site; DROP TABLE shed_range; DROP TABLE shed_part; UPDATE meta SET value = 1 WHERE name = 'schema_version'",
  );
  database.close();
  const again = await openIndex(folder);
  expect(await again.store.count(everything)).toBe(800);
  expect(await again.store.shedOldest(1, () => true)).not.toBeNull();
});

test('law: whatever is shed and restored in between, each record is in the index or out, once', async () => {
  const step = fc.oneof(
    fc.record({ kind: fc.constant('write' as const), size: fc.integer({ min: 1, max: 40 }) }),
    fc.record({ kind: fc.constant('shed' as const), bytes: fc.integer({ min: 1, max: 60_000 }) }),
    fc.record({ kind: fc.constant('restore' as const), which: fc.nat(3) }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 20, maxLength: 60 }), async (steps) => {
      const folder = await temporaryIndex();
      const store = new DuckDbWriter({ indexDir: folder, memoryMb: 128, threads: 1, logger });
      await store.start();
      try {
        let at = 0;
        for (const each of steps) {
          if (each.kind === 'write') {
            const batch = events.slice(at, at + each.size);
            await store.write(makeBatch(batch, at));
            at += batch.length;
          } else if (each.kind === 'shed') {
            await store.shedOldest(each.bytes, () => true);
          } else {
            const part = store.shedParts()[each.which];
            if (part) await store.restore(part, evidenceOf(part, events.slice(0, at)));
          }
          const out = store.shedParts().reduce((sum, { records }) => sum + records, 0);
          expect((await store.count(everything, { onNotice: () => undefined })) + out).toBe(at);
        }
        for (const part of store.shedParts()) await store.restore(part, evidenceOf(part, events.slice(0, at)));
        const { events: found } = await store.search(everything, { size: 1000 });
        expect(new Set(found.map((event) => event['logmaster.record.id'])).size).toBe(at);
      } finally {
        await store.stop();
      }
    }),
    { numRuns: 8 },
  );
});
