import { readdir, rm, stat, truncate, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { AppError } from '@logmaster/core/errors';
import { FULL_SCOPE } from '@logmaster/core/scope';
import { createLogger } from '@logmaster/telemetry/logger';
import { expect, onTestFinished, test } from 'vitest';
import { BASE, makeBatch, makeEvent, STREAM } from '../conformance/events.ts';
import { readAll } from '../conformance/test-store.ts';
import { catalogueFile, fileFolder } from './catalogue/catalogue-schema.ts';
import { Snapshots } from './catalogue/snapshot.ts';
import { temporaryIndex } from './test-index.ts';
import { DuckDbWriter } from './writer.ts';

const logger = createLogger('test', 'fatal');
const everything = { text: '', scope: FULL_SCOPE };
const events = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, index) => makeEvent(from + index, { message: `m${from + index}` }));

async function openWriter(indexDir: string, fault?: (step: string) => void): Promise<DuckDbWriter> {
  const writer = new DuckDbWriter({ indexDir, memoryMb: 128, threads: 1, logger, fault });
  await writer.start();
  onTestFinished(() => writer.stop());
  return writer;
}

test.each(['parquet', 'rename', 'commit'])(
  'a writer that dies before step “%s” leaves a batch whole or absent',
  async (step) => {
    const indexDir = await temporaryIndex();
    let armed = false;
    const writer = await openWriter(indexDir, (reached) => {
      if (armed && reached === step) throw new Error('killed');
    });
    await writer.write(makeBatch(events(0, 5), 0));
    armed = true;
    await expect(writer.write(makeBatch(events(5, 10), 5))).rejects.toThrow('killed');
    // what died left its traces; nothing of this process may tidy them up
    const again = await openWriter(indexDir);
    expect(await again.position(STREAM)).toEqual({ journal: 1, sequence: 5 });
    expect(await again.count(everything)).toBe(5);
    await again.write(makeBatch(events(0, 12), 0));
    expect((await readAll(again, everything, 3)).map((event) => event.message)).toEqual(
      events(0, 12)
        .map((event) => event.message)
        .reverse(),
    );
    expect(await readdir(fileFolder(indexDir))).toHaveLength(2);
  },
);

test('a batch over midnight is one: a death between its two files leaves neither', async () => {
  const indexDir = await temporaryIndex();
  let files = 0;
  const writer = await openWriter(indexDir, (step) => {
    if (step === 'rename' && ++files === 2) throw new Error('killed');
  });
  const midnight = Date.UTC(2026, 10, 23) * 1000;
  const batch = makeBatch(
    [-1, 1].map((offset, index) => makeEvent(index, { 'logmaster.received_at': midnight + offset })),
    0,
  );
  await expect(writer.write(batch)).rejects.toThrow('killed');
  const again = await openWriter(indexDir);
  expect(await again.count(everything)).toBe(0);
  expect(await readdir(fileFolder(indexDir))).toEqual([]);
  await again.write(batch);
  expect(await again.count(everything)).toBe(2);
});

test('files that no catalogue row names are removed at start, others stay', async () => {
  const indexDir = await temporaryIndex();
  const writer = await openWriter(indexDir);
  await writer.write(makeBatch(events(0, 5), 0));
  await writer.stop();
  await writeFile(path.join(fileFolder(indexDir), 'stray.parquet'), 'not even parquet');
  const again = await openWriter(indexDir);
  expect(await readdir(fileFolder(indexDir))).toHaveLength(1);
  expect(await again.count(everything)).toBe(5);
});

test.each([
  ['missing', (file: string) => rm(file)],
  ['cut', async (file: string) => truncate(file, (await stat(file)).size - 40)],
  ['overwritten', (file: string) => writeFile(file, 'garbage')],
])('a %s file is named by health and by the searches that need it, not skipped', async (_, damage) => {
  const indexDir = await temporaryIndex();
  const writer = await openWriter(indexDir);
  await writer.write(makeBatch(events(0, 5), 0));
  expect(await writer.health()).toMatchObject({ state: 'ok' });
  const [name] = await readdir(fileFolder(indexDir));
  await damage(path.join(fileFolder(indexDir), name as string));
  expect(await writer.health()).toMatchObject({ state: 'degraded', reason: expect.stringContaining(name as string) });
  await expect(writer.count(everything)).rejects.toMatchObject({
    code: 'SEARCH_UNAVAILABLE',
    detail: expect.stringContaining(name as string),
  });
  // another time range does not need the file
  expect(await writer.count({ ...everything, to: BASE - 1 })).toBe(0);
});

test('merging keeps every record, and a file that a search holds waits for it', async () => {
  const indexDir = await temporaryIndex();
  const writer = await openWriter(indexDir);
  for (let batch = 0; batch < 15; batch++) await writer.write(makeBatch(events(batch * 3, batch * 3 + 3), batch * 3));
  const snapshots = new Snapshots(indexDir);
  const held = snapshots.take({});
  expect(held.files).toHaveLength(15);
  const before = await readAll(writer, everything, 10);
  await writer.write(makeBatch(events(45, 48), 45));
  await expect.poll(async () => (await readdir(fileFolder(indexDir))).length).toBe(17);
  expect(await readAll(writer, everything, 10)).toHaveLength(48);
  for (const { path: file } of held.files) expect((await stat(file)).size).toBeGreaterThan(0);
  held.release();
  snapshots.close();
  await writer.stop();
  const again = await openWriter(indexDir);
  await expect.poll(async () => (await readdir(fileFolder(indexDir))).length).toBe(1);
  expect((await readAll(again, everything, 10)).slice(3)).toEqual(before);
  expect(await again.get(`${STREAM}.1.17`, FULL_SCOPE)).toEqual(makeEvent(17, { message: 'm17' }));
});

test('a catalogue of another format is refused, not guessed at', async () => {
  const indexDir = await temporaryIndex();
  const writer = await openWriter(indexDir);
  await writer.stop();
  const { DatabaseSync } = await import('node:sqlite');
  const database = new DatabaseSync(catalogueFile(indexDir));
  database.exec("UPDATE meta SET value = 99 WHERE name = 'schema_version'");
  database.close();
  const other = new DuckDbWriter({ indexDir, memoryMb: 128, threads: 1, logger });
  await expect(other.start()).rejects.toBeInstanceOf(AppError);
});
