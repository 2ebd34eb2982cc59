import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { JournalBlock, LostRange } from './block.ts';
import { STREAM_START } from './block.ts';
import type { JournalRecord, JournalSource } from './decode.ts';
import { FLAG_CLOCK_HELD, FLAG_INCOMPLETE, FLAG_TRUNCATED } from './flags.ts';
import { FILE_HEADER_BYTES } from './format.ts';
import { createJournalFile } from './journal-file.ts';
import { JournalReader } from './reader.ts';
import { JournalWriter, type JournalWriterOptions } from './writer.ts';

let root: string;
let folder: string;
beforeEach(async () => {
  root = await mkdtemp(path.join(os.tmpdir(), 'pipeline-journal-'));
  folder = path.join(root, 'node1.w0');
});
afterEach(() => rm(root, { recursive: true, force: true }));

const SOURCES: JournalSource[] = [
  { transport: 'udp', address: '10.0.0.1', port: 514 },
  { transport: 'tcp', address: '2001:db8::1', port: 65_535 },
  { transport: 'tcp', address: '10.0.0.2', port: 1 },
  { transport: 'tls', address: '10.0.0.2', port: 2, identity: `sha256:${'a'.repeat(64)} CN=fw-1` },
];

let now = 1_700_000_000_000_000;
const clock = () => now;

function writer(options: Partial<JournalWriterOptions> = {}) {
  const accounting = () => ({ sources: {}, unusual: {} });
  return new JournalWriter({ folder, clock, accounting, accountingMs: 3_600_000, ...options });
}

interface ReadBack {
  readonly blocks: JournalBlock[];
  readonly records: { id: string; record: JournalRecord }[];
  readonly lost: LostRange[];
  readonly torn: { journal: number; offset: number; bytes: number }[];
  readonly missing: number[];
}

async function readAll(from = STREAM_START): Promise<ReadBack> {
  const result: ReadBack = { blocks: [], records: [], lost: [], torn: [], missing: [] };
  const reader = new JournalReader(folder, from, {
    lost: (range) => result.lost.push(range),
    tornTail: (tail) => result.torn.push(tail),
    missing: (journal) => result.missing.push(journal),
  });
  for (let block = await reader.next(); block !== undefined; block = await reader.next()) {
    result.blocks.push(block);
    if (block.type !== 'records') continue;
    for (const [index, record] of block.frames.records.entries()) {
      result.records.push({ id: `${block.journal}.${block.firstSequence + index}`, record });
    }
  }
  await reader.close();
  return result;
}

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
      await rm(folder, { recursive: true, force: true });
      const journal = writer({ rotateBytes: 2000 });
      await journal.start();
      for (const { source, flags, raw, step, commit } of records) {
        now += step;
        expect(journal.append(source, raw, flags)).toBe(true);
        if (commit) await journal.commit();
      }
      await journal.stop();
      expect(journal.committedRecords).toBe(records.length);
      const back = await readAll();
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

/** Ten blocks of three records each, in one file. */
async function writeSample(): Promise<string> {
  const journal = writer();
  await journal.start();
  for (let block = 0; block < 10; block++) {
    for (let i = 0; i < 3; i++)
      journal.append(SOURCES[i] as JournalSource, Buffer.from(`line ${block * 3 + i} LMB1`), 0);
    await journal.commit();
  }
  await journal.stop();
  const name = (await readdir(folder)).find((file) => file.endsWith('.lmj')) as string;
  return path.join(folder, name);
}

function expectOnlyTrueRecords(back: ReadBack): number[] {
  const numbers = back.records.map(({ id, record }) => {
    const sequence = Number(id.split('.')[1]);
    expect(record.raw.toString()).toBe(`line ${sequence} LMB1`);
    return sequence;
  });
  expect(numbers).toEqual([...numbers].sort((a, b) => a - b));
  return numbers;
}

test('a file cut at any byte gives exactly its whole blocks', async () => {
  const file = await writeSample();
  const whole = await readFile(file);
  const full = await readAll();
  const recordBlocks = full.blocks.filter((block) => block.type === 'records');
  for (let length = 0; length <= whole.length; length += 7) {
    await writeFile(file, whole.subarray(0, length));
    const back = await readAll();
    const expected = recordBlocks.filter((block) => block.end <= length).length * 3;
    expect(expectOnlyTrueRecords(back)).toHaveLength(expected);
    expect(back.lost).toEqual([]);
  }
});

test('flipped bits never give a wrong record, and what is missing is reported', async () => {
  const file = await writeSample();
  const whole = await readFile(file);
  const flip = fc.record({ at: fc.nat(whole.length - 1), bit: fc.nat(7) });
  await fc.assert(
    fc.asyncProperty(fc.array(flip, { minLength: 1, maxLength: 4 }), async (flips) => {
      const damaged = Buffer.from(whole);
      for (const { at, bit } of flips) damaged[at] = (damaged[at] as number) ^ (1 << bit);
      await writeFile(file, damaged);
      // A next file makes the damaged one a finished one, so that its tail is reported too.
      await writeFile(path.join(folder, '0000000002.lmj'), Buffer.alloc(0));
      const back = await readAll();
      const present = new Set(expectOnlyTrueRecords(back));
      const reported = (sequence: number) =>
        back.lost.some((range) => sequence >= range.fromSequence && sequence < (range.toSequence as number)) ||
        back.torn.length > 0 ||
        back.missing.length > 0;
      for (let sequence = 0; sequence < 30; sequence++) {
        if (!present.has(sequence)) expect(reported(sequence)).toBe(true);
      }
      // Exactness: nothing that was read is also reported lost.
      for (const range of back.lost) {
        for (let s = range.fromSequence; s < (range.toSequence ?? 0); s++) expect(present.has(s)).toBe(false);
      }
    }),
    { numRuns: 300 },
  );
});

test('a damaged block in the middle loses exactly its own records', async () => {
  const file = await writeSample();
  const full = await readAll();
  const victim = full.blocks.filter((block) => block.type === 'records')[4] as JournalBlock;
  const bytes = await readFile(file);
  bytes[victim.end - 3] = (bytes[victim.end - 3] as number) ^ 0xff;
  await writeFile(file, bytes);
  const back = await readAll();
  expect(back.records).toHaveLength(27);
  expect(back.lost).toEqual([
    { journal: 1, fromOffset: victim.offset, toOffset: victim.end, fromSequence: 12, toSequence: 15 },
  ]);
});

test('a damaged file header is read from its copy', async () => {
  const file = await writeSample();
  const bytes = await readFile(file);
  bytes.fill(0, 0, 100);
  await writeFile(file, bytes);
  expect((await readAll()).records).toHaveLength(30);
});

test('a block header inside a log line is not taken for one', async () => {
  const file = await writeSample();
  const forged = await readFile(file);
  const journal = writer();
  await journal.start();
  journal.append(SOURCES[0] as JournalSource, forged.subarray(FILE_HEADER_BYTES), 0);
  await journal.commit();
  const block = (await readAll({ journal: 2, offset: 0, sequence: 0 })).blocks.find((b) => b.type === 'records');
  await journal.stop();
  const name = path.join(folder, '0000000002.lmj');
  const bytes = await readFile(name);
  bytes.fill(0, block?.offset as number, (block?.offset as number) + 8);
  await writeFile(name, bytes);
  const back = await readAll({ journal: 2, offset: 0, sequence: 0 });
  expect(back.records).toEqual([]);
  expect(back.lost).toMatchObject([{ fromSequence: 0, toSequence: 1 }]);
});

test('a new process cuts the torn tail, starts the next number and never stamps earlier', async () => {
  const file = await writeSample();
  const whole = await readFile(file);
  await writeFile(file, Buffer.concat([whole, whole.subarray(FILE_HEADER_BYTES, FILE_HEADER_BYTES + 50)]));
  now -= 5_000_000;
  const journal = writer();
  await journal.start();
  expect(journal.cutBytes).toBe(50);
  journal.append(SOURCES[0] as JournalSource, Buffer.from('after'), 0);
  await journal.stop();
  const back = await readAll();
  expect(back).toMatchObject({ lost: [], torn: [], missing: [] });
  expect(back.records.at(-1)).toMatchObject({ id: '2.0', record: { flags: FLAG_CLOCK_HELD } });
  const times = back.blocks.map((block) => block.baseMicros);
  expect(times).toEqual([...times].sort((a, b) => a - b));
});

test('a reader follows a writer across files and sees each record once', async () => {
  const journal = writer({ rotateBytes: 3000, commitMs: 1 });
  await journal.start();
  const seen: string[] = [];
  const reader = new JournalReader(folder, STREAM_START, {
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
    now += 1000;
  }
  await reader.close();
  await journal.stop();
  expect(seen).toEqual(Array.from({ length: total }, (_, i) => `r${i}`));
  expect((await readdir(folder)).filter((name) => name.endsWith('.lmj')).length).toBeGreaterThan(3);
});

test('two writers on one stream: the second is refused', async () => {
  const journal = writer();
  await journal.start();
  await expect(writer().start()).rejects.toMatchObject({ code: 'DATA_IN_USE' });
  await journal.stop();
});

test('one fdatasync acknowledges everything appended before it', async () => {
  let syncs = 0;
  const journal = writer({
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
  const journal = writer({
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
    ...{ folder, clock, accountingMs: 3_600_000, commitBytes: 4096 },
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
  const journal = writer({
    accounting: () => ({ sources: { '10.0.0.1': { seen: 5, journaled: 3, dropped } }, unusual: { nul: 1 } }),
  });
  await journal.start();
  now += 10_000_000;
  await journal.stop();
  const blocks = (await readAll()).blocks;
  expect(blocks.map((block) => block.type)).toEqual(['accounting', 'accounting']);
  expect(blocks[0]).toMatchObject({ accounting: { sources: { '10.0.0.1': { seen: 5, journaled: 3, dropped } } } });
  expect((blocks[1] as JournalBlock).baseMicros).toBeGreaterThanOrEqual(now);
});
