import { mkdir, mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { caseEvents, makeEvent } from '../../conformance/events.ts';
import { PackedDayFiles } from './packed-day-files.ts';

async function newFolder() {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'search-packed-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  return folder;
}

const DAY = { site: 'istanbul', day: '2026-11-22' };
const invalid = { code: 'INVALID_INPUT' };

test('a day’s events become a file that holds exactly them', async () => {
  const folder = await newFolder();
  const files = new PackedDayFiles({ folder, memoryMb: 128, threads: 1 });
  await files.prepare();
  const target = path.join(folder, 'events.parquet');
  expect(await files.writeDayParquet({ ...DAY, events: caseEvents(), path: target })).toEqual({
    records: caseEvents().length,
  });
  const packed = { ...DAY, parquet: target, records: caseEvents().length };
  await files.check(packed);
  await expect(files.check({ ...packed, records: 1 })).rejects.toMatchObject(invalid);
  await expect(files.check({ ...packed, site: 'ankara' })).rejects.toMatchObject(invalid);
  const wrong = path.join(folder, 'wrong.parquet');
  const events = [makeEvent(0), makeEvent(1, { 'logmaster.site.id': 'ankara' })];
  await expect(files.writeDayParquet({ ...DAY, events, path: wrong })).rejects.toMatchObject(invalid);
  await expect(stat(wrong)).rejects.toMatchObject({ code: 'ENOENT' });
});

test('what a crash left half written is removed at the start', async () => {
  const folder = await newFolder();
  await mkdir(path.join(folder, 'tmp', 'day-left'), { recursive: true });
  await new PackedDayFiles({ folder, memoryMb: 128, threads: 1 }).prepare();
  expect(await readdir(folder)).toEqual([]);
});
