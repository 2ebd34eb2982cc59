import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { JournalFolder, SOURCES } from '../testing/journal-folder.ts';
import { type JournalBlock, STREAM_START } from './block.ts';
import type { JournalSource } from './decode.ts';
import { FLAG_CLOCK_HELD, FLAG_INCOMPLETE, FLAG_TRUNCATED } from './flags.ts';
import { FILE_HEADER_BYTES } from './format.ts';
import { createJournalFile } from './journal-file.ts';
import { JournalReader } from './reader.ts';
import { JournalWriter, type JournalWriterOptions } from './writer.ts';

const rig = JournalFolder.use();

const recordArbitrary = fc.record({
  source: fc.constantFrom(...SOURCES),
  flags: fc.constantFrom(0, FLAG_INCOMPLETE, FLAG_TRUNCATED, FLAG_INCOMPLETE | FLAG_TRUNCATED),
  raw: fc.uint8Array({ maxLength: 300 }),
  /** µs the clock moves before the record; backwards too. */
  step: fc.integer({ min: -2000, max: 2000 }),
  commit: fc.boolean(),
});

test('what is appended is read back whole, in order, with growing block times', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(recordArbitrary, { maxLength: 60 }), async (records) => {
      await rm(rig.folder, { recursive: true, force: true });
      const journal = rig.writer({ rotateBytes: 2000 });
      await journal.start();
      for (const { source, flags, raw, step, commit } of records) {
        rig.now += step;
        expect(journal.append(source, raw, flags)).toBe(true);
        if (commit) await journal.commit();
      }
      await journal.stop();
      expect(journal.committedRecords).toBe(records.length);
      const back = await rig.readAll();
      expect(back).toMatchObject({ lost: [], torn: [], missing: [] });
      const withoutHeld = ({ record }: (typeof back.records)[number]) => ({
        source: { ...record.source },
        flags: record.flags & ~FLAG_CLOCK_HELD,
        raw: new Uint8Array(record.raw),
      });
      expect(back.records.map(withoutHeld)).toEqual(
        records.map(({ source, flags, raw }) => ({ source: { ...source }, flags, raw: new Uint8Array(raw) })),
      );
      expect(new Set(back.records.map(({ id }) => id)).size).toBe(records.length);
      let last = 0;
      for (const block of back.blocks) {
        expect(block.baseMicros).toBeGreaterThan(last);
        expect(block.lastMicros).toBeGreaterThanOrEqual(block.baseMicros);
        last = block.lastMicros;
      }
    }),
    { numRuns: 60 },
  );
});

test('a new process cuts the torn tail, starts the next number and never stamps earlier', async () => {
  const file = await rig.writeSample();
  const whole = await readFile(file);
  await writeFile(file, Buffer.concat([whole, whole.subarray(FILE_HEADER_BYTES, FILE_HEADER_BYTES + 50)]));
  rig.now -= 5_000_000;
  const journal = rig.writer();
  await journal.start();
  expect(journal.cutBytes).toBe(50);
  journal.append(SOURCES[0] as JournalSource, Buffer.from('after'), 0);
  await journal.stop();
  const back = await rig.readAll();
  expect(back).toMatchObject({ lost: [], torn: [], missing: [] });
  expect(back.records.at(-1)).toMatchObject({ id: '2.0', record: { flags: FLAG_CLOCK_HELD } });
  const times = back.blocks.map((block) => block.baseMicros);
  expect(times).toEqual([...times].sort((a, b) => a - b));
});

test('a reader follows a writer across files and sees each record once', async () => {
  const journal = rig.writer({ rotateBytes: 3000, commitMs: 1 });
  await journal.start();
  const seen: string[] = [];
  const reader = new JournalReader(rig.folder, STREAM_START, {
    lost: (range) => expect.unreachable(JSON.stringify(range)),
    tornTail: (tail) => expect.unreachable(JSON.stringify(tail)),
    missing: (number) => expect.unreachable(`missing ${number}`),
  });
  const total = 4000;
  let sent = 0;
  while (seen.length < total) {
    for (let i = 0; i < 7 && sent < total; i++)
      journal.append(SOURCES[1] as JournalSource, Buffer.from(`r${sent++}`), 0);
    const block = await reader.next();
    if (block?.type === 'records') seen.push(...block.frames.records.map((record) => record.raw.toString()));
    rig.now += 1000;
  }
  await reader.close();
  await journal.stop();
  expect(seen).toEqual(Array.from({ length: total }, (_, i) => `r${i}`));
  expect((await readdir(rig.folder)).filter((name) => name.endsWith('.lmj')).length).toBeGreaterThan(3);
});

test('two writers on one stream: the second is refused', async () => {
  const journal = rig.writer();
  await journal.start();
  await expect(rig.writer().start()).rejects.toMatchObject({ code: 'DATA_IN_USE' });
  await journal.stop();
});

test('one fdatasync acknowledges everything appended before it', async () => {
  let syncs = 0;
  const journal = rig.writer({
    commitMs: 3_600_000,
    createFile: async (...args) => {
      const file = await createJournalFile(...args);
      const datasync = () => {
        syncs += 1;
        return file.datasync();
      };
      return { ...file, datasync };
    },
  });
  await journal.start();
  await journal.commit();
  const before = syncs;
  for (let i = 0; i < 1000; i++) journal.append(SOURCES[0] as JournalSource, Buffer.from(`r${i}`), 0);
  expect(journal.committedRecords).toBe(0);
  await Promise.all([journal.commit(), journal.commit()]);
  expect(journal.committedRecords).toBe(1000);
  expect(syncs - before).toBe(1);
  await journal.stop();
});

test('a failed fdatasync is final: nothing is acknowledged, nothing more is taken, no second try', async () => {
  let broken = false;
  let tries = 0;
  const journal = rig.writer({
    createFile: async (...args) => {
      const file = await createJournalFile(...args);
      const datasync = () => {
        if (!broken) return file.datasync();
        tries += 1;
        return Promise.reject(Object.assign(new Error('EIO: i/o error, fdatasync'), { code: 'EIO' }));
      };
      return { ...file, datasync };
    },
  });
  await journal.start();
  await journal.commit();
  broken = true;
  journal.append(SOURCES[0] as JournalSource, Buffer.from('x'), 0);
  await expect(journal.commit()).rejects.toMatchObject({ code: 'JOURNAL_FAILED' });
  broken = false;
  expect(journal.append(SOURCES[0] as JournalSource, Buffer.from('y'), 0)).toBe(false);
  await expect(journal.commit()).rejects.toMatchObject({ code: 'JOURNAL_FAILED' });
  expect(journal).toMatchObject({ committedRecords: 0 });
  expect(tries).toBe(1);
  await expect(journal.stop()).rejects.toMatchObject({ code: 'JOURNAL_FAILED' });
});

test("the caller's counters as of a block are those of its records, also where a record has made it full", async () => {
  let counted = 0;
  let durable = 0;
  const marks: [mark: number | undefined, durable: number][] = [];
  const options: JournalWriterOptions<number> = {
    ...{ folder: rig.folder, clock: () => rig.now, accountingMs: 3_600_000, commitBytes: 4096 },
    accounting: () => ({ sources: {}, unusual: {} }),
    mark: () => counted,
    onCommit: ({ records, mark }) => {
      durable += records;
      marks.push([mark, durable]);
    },
  };
  const journal = new JournalWriter(options);
  await journal.start();
  for (let i = 0; i < 500; i++) {
    journal.append(SOURCES[0] as JournalSource, Buffer.alloc(100, 'x'), 0);
    counted += 1;
    if (i % 60 === 0) await new Promise((resolve) => setImmediate(resolve));
  }
  await journal.stop();
  expect(durable).toBe(500);
  expect(marks.map(([mark]) => mark)).toEqual(marks.map(([, records]) => records));
});

test('accounting blocks carry the counters and mark time in silence', async () => {
  const dropped = { 'rate-limit': 2 };
  const journal = rig.writer({
    accounting: () => ({ sources: { '10.0.0.1': { seen: 5, journaled: 3, dropped } }, unusual: { nul: 1 } }),
  });
  await journal.start();
  rig.now += 10_000_000;
  await journal.stop();
  const blocks = (await rig.readAll()).blocks;
  expect(blocks.map((block) => block.type)).toEqual(['accounting', 'accounting']);
  expect(blocks[0]).toMatchObject({ accounting: { sources: { '10.0.0.1': { seen: 5, journaled: 3, dropped } } } });
  expect((blocks[1] as JournalBlock).baseMicros).toBeGreaterThanOrEqual(rig.now);
});
