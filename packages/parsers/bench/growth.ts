import { createRecordParser } from '../src/record-parser.ts';
import { FIXTURE_CONTEXT, FIXTURE_FOLDERS, readFixtures } from '../src/testing/fixtures.ts';

const SHORT = 1024;
const LONG = 64 * 1024;
const ROUNDS = 5;
/** Bytes parsed in one measurement of each length. */
const BYTES = 512 * 1024;
/** Work that is linear in the length is 1; memory that leaves the caches is allowed for. */
const MOST = 4;

/** The record with its second half again and again. */
function grown(record: Buffer, length: number): Buffer {
  const half = record.subarray(record.length >> 1);
  const copies = Math.max(0, Math.ceil((length - record.length) / Math.max(1, half.length)));
  return Buffer.concat([record, ...Array.from({ length: copies }, () => half)]).subarray(0, length);
}

/** ns a byte, the best of some rounds: other work on the machine does not count. */
function nanosPerByte(record: Buffer): number {
  const parser = createRecordParser();
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < ROUNDS; round++) {
    const began = performance.now();
    for (let left = BYTES / record.length; left > 0; left--) parser.parse(record, FIXTURE_CONTEXT);
    best = Math.min(best, ((performance.now() - began) * 1e6) / BYTES);
  }
  return best;
}

/** How much longer a byte takes in a record of 64 KiB than in one of 1 KiB: the worst fixture of each folder. */
export function measureGrowth() {
  return FIXTURE_FOLDERS.map((folder) => {
    const [worst = 0] = readFixtures(folder)
      .map((record) => nanosPerByte(grown(record, LONG)) / nanosPerByte(grown(record, SHORT)))
      .sort((a, b) => b - a);
    return {
      name: `${folder}: time a byte at 64 KiB against 1 KiB, worst fixture`,
      value: Math.round(worst * 100) / 100,
      unit: '×',
      goal: `≤ ${MOST}`,
      holds: worst <= MOST,
    };
  });
}
