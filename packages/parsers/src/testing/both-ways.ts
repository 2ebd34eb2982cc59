import { ColumnBatch } from '@logmaster/core/event/columns/column-batch';
import { readEvent } from '@logmaster/core/event/columns/read-event';
import type { FlatEvent } from '@logmaster/core/event/event';
import fc from 'fast-check';
import { expect } from 'vitest';
import { createColumnParser } from '../column-parser.ts';
import type { ParseContext } from '../contracts.ts';
import { createRecordParser } from '../record-parser.ts';

/** Time and zone of the fixtures. */
export const context: ParseContext = {
  receivedAt: Date.UTC(2026, 10, 23, 18) * 1000,
  timeZone: 'Europe/Istanbul',
  source: '192.0.2.1',
};

/** All records by one column parser in one batch, and by one record parser: the law is that both say the same. */
export function expectSame(records: readonly Uint8Array[], contexts: readonly ParseContext[] = []): void {
  const parser = createRecordParser();
  const columns = createColumnParser();
  const batch = new ColumnBatch();
  const expected: FlatEvent[] = [];
  for (const [index, record] of records.entries()) {
    const used = contexts[index] ?? context;
    expected.push(parser.parse(record, used));
    // Between other bytes, as in a journal block.
    const inside = Buffer.concat([Buffer.from('x=" '), record, Buffer.from('" y=1')]);
    columns.parse(batch, inside, 4, 4 + record.length, used);
    batch.endRow();
  }
  for (const [row, event] of expected.entries()) expect(readEvent(batch, row)).toEqual(event);
}

/** How many of the records go the short way, without becoming text. */
export function shortWays(records: readonly Uint8Array[]): number {
  const columns = createColumnParser();
  const batch = new ColumnBatch();
  for (const record of records) {
    columns.parse(batch, record, 0, record.length, context);
    batch.endRow();
  }
  return records.length - columns.viaText;
}

/** Records with some pieces put in, taken out or put in the place of others. */
export function mutated(records: readonly Buffer[], pieces: readonly string[]): fc.Arbitrary<Buffer[]> {
  const change = fc.record({
    at: fc.nat(),
    take: fc.nat(3),
    piece: fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...pieces) }, fc.string({ unit: 'binary', maxLength: 2 })),
  });
  return fc
    .tuple(fc.constantFrom(...records), fc.array(change, { maxLength: 4 }), fc.nat(), fc.boolean())
    .map(([record, changes, cut, isCut]) => {
      let bytes = record;
      for (const { at, take, piece } of changes) {
        const place = at % (bytes.length + 1);
        bytes = Buffer.concat([bytes.subarray(0, place), Buffer.from(piece), bytes.subarray(place + take)]);
      }
      if (isCut) bytes = bytes.subarray(0, cut % (bytes.length + 1));
      return [record, bytes, record];
    });
}
