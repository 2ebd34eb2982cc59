import { expect, it } from 'vitest';
import { FRAME_CASES, FRAME_LIMIT } from '../testing/frame-cases.ts';
import { createFrameSplitter } from './stream.ts';

function split(chunks: readonly Buffer[]) {
  const records: string[] = [];
  const counters: Record<string, number> = {};
  const splitter = createFrameSplitter({
    maxRecordBytes: FRAME_LIMIT,
    onRecord: (bytes) => records.push(bytes.toString()),
    onCounter: (name) => {
      counters[name] = (counters[name] ?? 0) + 1;
    },
  });
  for (const chunk of chunks) splitter.push(chunk);
  splitter.end();
  return { records, counters };
}

it.each(FRAME_CASES)('$about, whole and byte by byte', ({ stream, records, counters = {} }) => {
  const bytes = Buffer.from(stream);
  expect(split([bytes])).toEqual({ records, counters });
  expect(split([...bytes].map((byte) => Buffer.from([byte])))).toEqual({ records, counters });
});
