import { mkdir, readdir } from 'node:fs/promises';
import path from 'node:path';
import type { FlatEvent } from '@logmaster/core/event/event';
import { FULL_SCOPE } from '@logmaster/core/scope';
import { createLogger } from '@logmaster/telemetry/logger';
import { expect, onTestFinished, test } from 'vitest';
import { makeBatch, makeEvent } from '../../conformance/events.ts';
import { readAll } from '../../conformance/test-store.ts';
import { openDuckDbWriter } from '../../open.ts';
import { fileFolder } from '../catalogue/catalogue-schema.ts';
import { temporaryIndex } from '../test-index.ts';

const DAY = { site: 'istanbul', day: '2026-11-22' };
const everything = { text: '', scope: FULL_SCOPE };

async function setUp() {
  const folder = await temporaryIndex();
  const indexDir = path.join(folder, 'index');
  await mkdir(indexDir);
  const open = async () => {
    const store = openDuckDbWriter({ indexDir, memoryMb: 128, threads: 1, logger: createLogger('test', 'fatal') });
    await store.start();
    return store;
  };
  return { folder, indexDir, open };
}

const better = (event: FlatEvent): FlatEvent => ({ ...event, 'user.name': 'new' });
const files = (indexDir: string) => readdir(fileFolder(indexDir));

test('while files are written and merged no record is lost, doubled or left as it was', async () => {
  const { open } = await setUp();
  const store = await open();
  onTestFinished(() => store.stop());
  const rounds = 48;
  const batch = (round: number) => Array.from({ length: 10 }, (_, index) => makeEvent(round * 10 + index));
  const writing = (async () => {
    for (let round = 0; round < rounds; round++) await store.write(makeBatch(batch(round), round * 10));
  })();
  const asked: FlatEvent[] = [];
  for (let round = 0; round < rounds; round += 4) {
    await expect.poll(() => store.count(everything), { timeout: 60_000, interval: 5 }).toBeGreaterThan(round * 10);
    const replaced = batch(round).slice(0, 3);
    asked.push(...replaced);
    expect(await store.replace(DAY, replaced.map(better))).toBe(3);
  }
  await writing;
  const found = await readAll(store, everything, 100);
  expect(found).toHaveLength(rounds * 10);
  const changed = found.filter((event) => event['user.name'] === 'new').map((event) => event['logmaster.record.id']);
  expect(changed.sort()).toEqual(asked.map((event) => event['logmaster.record.id']).sort());
});

test('a packed day is served from a new file; the one in the archive stays, older rewrites go', async () => {
  const { folder, indexDir, open } = await setUp();
  const events = Array.from({ length: 20 }, (_, index) => makeEvent(index));
  const parquet = path.join(folder, 'events.parquet');
  const store = await open();
  await store.write(makeBatch(events, 0));
  const { records } = await store.writeDayParquet({ ...DAY, events, path: parquet });
  await store.replaceDay({ ...DAY, parquet, records });
  expect(await files(indexDir)).toEqual([]);
  for (const [round, event] of events.slice(0, 3).entries()) {
    expect(await store.replace(DAY, [better(event)])).toBe(1);
    expect(await store.count({ ...everything, text: 'user.name:new' })).toBe(round + 1);
    expect(await files(indexDir)).toHaveLength(1);
  }
  await store.stop();
  const again = await open();
  onTestFinished(() => again.stop());
  expect(await again.count({ ...everything, text: 'user.name:new' })).toBe(3);
  expect(await again.count(everything)).toBe(20);
  // Packed anew, the archive's file serves again.
  await again.replaceDay({ ...DAY, parquet, records });
  expect(await again.count({ ...everything, text: 'user.name:new' })).toBe(0);
  expect(await files(indexDir)).toEqual([]);
  expect((await readdir(folder)).sort()).toEqual(['events.parquet', 'index']);
});

test('a rewrite that is refused leaves nothing behind', async () => {
  const { indexDir, open } = await setUp();
  const store = await open();
  onTestFinished(() => store.stop());
  const events = [makeEvent(0), makeEvent(1)];
  await store.write(makeBatch(events, 0));
  const [first] = events as [FlatEvent, FlatEvent];
  const before = await files(indexDir);
  // The same record twice: there would be one more than before.
  await expect(store.replace(DAY, [better(first), better(first)])).rejects.toMatchObject({ code: 'INTERNAL' });
  await expect(store.replace({ ...DAY, site: 'ankara' }, [first])).rejects.toMatchObject({ code: 'INVALID_INPUT' });
  expect(await files(indexDir)).toEqual(before);
  expect(await readdir(path.join(indexDir, 'tmp'))).toEqual([]);
  expect(await store.count({ ...everything, text: 'user.name:new' })).toBe(0);
});
