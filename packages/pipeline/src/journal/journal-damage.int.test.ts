import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { JournalFolder, type ReadBack, SOURCES } from '../testing/journal-folder.ts';
import type { JournalBlock } from './block.ts';
import type { JournalSource } from './decode.ts';
import { FILE_HEADER_BYTES } from './format.ts';

const rig = JournalFolder.use();

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
  const file = await rig.writeSample();
  const whole = await readFile(file);
  const full = await rig.readAll();
  const recordBlocks = full.blocks.filter((block) => block.type === 'records');
  for (let length = 0; length <= whole.length; length += 7) {
    await writeFile(file, whole.subarray(0, length));
    const back = await rig.readAll();
    const expected = recordBlocks.filter((block) => block.end <= length).length * 3;
    expect(expectOnlyTrueRecords(back)).toHaveLength(expected);
    expect(back.lost).toEqual([]);
  }
});

test('flipped bits never give a wrong record, and what is missing is reported', async () => {
  const file = await rig.writeSample();
  const whole = await readFile(file);
  const flip = fc.record({ at: fc.nat(whole.length - 1), bit: fc.nat(7) });
  await fc.assert(
    fc.asyncProperty(fc.array(flip, { minLength: 1, maxLength: 4 }), async (flips) => {
      const damaged = Buffer.from(whole);
      for (const { at, bit } of flips) damaged[at] = (damaged[at] as number) ^ (1 << bit);
      await writeFile(file, damaged);
      // A next file makes the damaged one a finished one, so that its tail is reported too.
      await writeFile(path.join(rig.folder, '0000000002.lmj'), Buffer.alloc(0));
      const back = await rig.readAll();
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
  const file = await rig.writeSample();
  const full = await rig.readAll();
  const victim = full.blocks.filter((block) => block.type === 'records')[4] as JournalBlock;
  const bytes = await readFile(file);
  bytes[victim.end - 3] = (bytes[victim.end - 3] as number) ^ 0xff;
  await writeFile(file, bytes);
  const back = await rig.readAll();
  expect(back.records).toHaveLength(27);
  expect(back.lost).toEqual([
    { journal: 1, fromOffset: victim.offset, toOffset: victim.end, fromSequence: 12, toSequence: 15 },
  ]);
});

test('a damaged file header is read from its copy', async () => {
  const file = await rig.writeSample();
  const bytes = await readFile(file);
  bytes.fill(0, 0, 100);
  await writeFile(file, bytes);
  expect((await rig.readAll()).records).toHaveLength(30);
});

test('a block header inside a log line is not taken for one', async () => {
  const file = await rig.writeSample();
  const forged = await readFile(file);
  const journal = rig.writer();
  await journal.start();
  journal.append(SOURCES[0] as JournalSource, forged.subarray(FILE_HEADER_BYTES), 0);
  await journal.commit();
  const block = (await rig.readAll({ journal: 2, offset: 0, sequence: 0 })).blocks.find((b) => b.type === 'records');
  await journal.stop();
  const name = path.join(rig.folder, '0000000002.lmj');
  const bytes = await readFile(name);
  bytes.fill(0, block?.offset as number, (block?.offset as number) + 8);
  await writeFile(name, bytes);
  const back = await rig.readAll({ journal: 2, offset: 0, sequence: 0 });
  expect(back.records).toEqual([]);
  expect(back.lost).toMatchObject([{ fromSequence: 0, toSequence: 1 }]);
});
