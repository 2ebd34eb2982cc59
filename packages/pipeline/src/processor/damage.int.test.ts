import { appendFile, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { journalFileName, listJournals } from '../journal/streams.ts';
import { readJournal, type StoredRecord } from '../testing/read-journal.ts';
import { Rig, STREAM } from '../testing/rig.ts';

let rig: Rig;
let written: StoredRecord[];
let folder: string;
beforeEach(async () => {
  rig = await Rig.create();
  folder = path.join(rig.layout.journal, STREAM);
  await rig.journal.start();
  for (let round = 0; round < 16; round++) await rig.send(100, undefined, 'x'.repeat(50));
  await rig.journal.stop();
  written = await readJournal(folder);
});
afterEach(async () => {
  await rig.stopProcessor();
  await rig.remove();
});

const eventually = <T>(read: () => T) => expect.poll(read, { timeout: 60_000, interval: 25 });
const journalOf = ({ id }: StoredRecord) => Number(id.split('.')[2]);
const fileOf = (journal: number) => path.join(folder, journalFileName(journal));

/** Runs the pipeline over what is left; exactly the records `lost` are in neither archive nor index. */
async function expectLost(lost: readonly StoredRecord[]): Promise<void> {
  const kept = written.filter((record) => !lost.includes(record)).map(({ id }) => id);
  await rig.startProcessor();
  const newest = Math.max(...(await listJournals(folder)));
  await eventually(() => rig.processor.segments.positions[STREAM]?.journal).toBe(newest);
  rig.passBoundary();
  await rig.untilSealed(kept.length);
  await eventually(() => rig.indexed()).toBe(kept.length);
  expect((await rig.evidence()).map(({ id }) => id).sort()).toEqual(kept.sort());
  expect((await rig.verify()).findings.filter(({ severity }) => severity === 'failure')).toEqual([]);
}

test('a journal file that is gone: its number is reported, the files behind it are read', async () => {
  expect(Math.max(...(await listJournals(folder)))).toBeGreaterThan(3);
  await rm(fileOf(2));
  await rm(fileOf(3));
  const lost = written.filter((record) => [2, 3].includes(journalOf(record)));
  expect(lost.length).toBeGreaterThan(100);
  await expectLost(lost);
  // Once by the reader of the segments, once by that of the index.
  expect(rig.events.count('journal_missing')).toBe(4);
});

test('a flipped bit: its block is reported, and nothing else is lost', async () => {
  const bytes = await readFile(fileOf(2));
  const victim = written.find((record) => journalOf(record) === 2) as StoredRecord;
  const at = bytes.indexOf(victim.raw);
  bytes[at] = (bytes[at] as number) ^ 1;
  await writeFile(fileOf(2), bytes);
  const whole = new Set((await readUndamaged()).map(({ id }) => id));
  const lost = written.filter(({ id }) => !whole.has(id));
  expect(lost).toContainEqual(victim);
  expect(lost.length).toBeLessThanOrEqual(100);
  await expectLost(lost);
  expect(rig.events.count('journal_lost')).toBe(2);
});

test('a torn tail: nothing that was whole is lost, and nothing is made of the rest', async () => {
  const whole = await readFile(fileOf(2));
  // What a block under way leaves at the end of the newest file.
  await appendFile(fileOf(Math.max(...(await listJournals(folder)))), whole.subarray(whole.length / 2));
  // The next writer cuts it before it begins a file of its own.
  rig.journal = rig.newJournal();
  await rig.journal.start();
  expect(rig.journal.cutBytes).toBeGreaterThan(0);
  await rig.journal.stop();
  await expectLost([]);
});

/** What a reader gets that is told of damage and does not mind. */
const readUndamaged = () => readJournal(folder, () => undefined);
