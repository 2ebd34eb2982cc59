import { expect, test } from 'vitest';
import { OTHER_SOURCES } from '../../collector/accounts/source-counters.ts';
import type { AccountingBlock, RecordsBlock } from '../../journal/block.ts';
import { BlockBuilder } from '../../journal/block-builder.ts';
import { decodeRecords } from '../../journal/decode.ts';
import { JournalAudit } from './journal-audit.ts';

const START = { journal: 0, offset: 0, sequence: 0 };
const PLACE = { journal: 1, offset: 128, end: 200, firstSequence: 0, baseMicros: 1, lastMicros: 1 };

/** A block as the reader gives it, with so many records of each sender. */
function records(senders: Readonly<Record<string, number>>): RecordsBlock {
  const builder = new BlockBuilder();
  for (const [address, count] of Object.entries(senders)) {
    const source = { transport: 'udp' as const, address, port: 514 };
    for (let i = 0; i < count; i++) builder.append(source, Buffer.from('x'), 0, 1);
  }
  const [, table, body] = builder.finish(0, 1) as [Buffer, Buffer, Buffer];
  const frames = decodeRecords(Buffer.concat([table, body]), builder.count, 1);
  if (frames === undefined) throw new Error('the block is not whole');
  return { ...PLACE, type: 'records', count: builder.count, frames };
}

function accounting(journaled: Readonly<Record<string, number>>, journal = 1): AccountingBlock {
  const sources = Object.fromEntries(
    Object.entries(journaled).map(([address, count]) => [address, { seen: count, journaled: count, dropped: {} }]),
  );
  return { ...PLACE, journal, count: 0, type: 'accounting', accounting: { sources, unusual: {}, clock_steps: 0 } };
}

test('what a collector claims and what its journal holds are compared for each sender', () => {
  const audit = new JournalAudit(START);
  audit.records(records({ a: 3, b: 2 }), 0, 5);
  audit.accounting(accounting({ a: 3, b: 2 }));
  expect(audit.report).toEqual({ checked: 1, differences: {} });
  audit.records(records({ a: 1 }), 0, 1);
  audit.accounting(accounting({ a: 2, c: 1 }));
  expect(audit.report).toEqual({ checked: 2, differences: { a: 1, c: 1 } });
  // What comes later than it was claimed is found all the same.
  audit.records(records({ a: 1 }), 0, 1);
  audit.accounting(accounting({}));
  expect(audit.report.differences).toEqual({ c: 1 });
});

test('a block is counted in parts, each record once', () => {
  const audit = new JournalAudit(START);
  const block = records({ a: 3, b: 2 });
  audit.records(block, 0, 2);
  audit.records(block, 2, 5);
  audit.accounting(accounting({ a: 3, b: 2 }));
  expect(audit.report.differences).toEqual({});
});

test('senders beyond the bound are compared as one', () => {
  const audit = new JournalAudit(START);
  audit.records(records({ a: 1, b: 2, c: 4 }), 0, 7);
  audit.accounting(accounting({ a: 1, [OTHER_SOURCES]: 6 }));
  expect(audit.report.differences).toEqual({});
  audit.records(records({ a: 1, b: 2, c: 4 }), 0, 7);
  audit.accounting(accounting({ a: 1, [OTHER_SOURCES]: 5 }));
  expect(audit.report.differences).toEqual({ [OTHER_SOURCES]: -1 });
});

test('nothing is compared before the stretch between two accounting blocks has been seen whole', () => {
  const audit = new JournalAudit({ journal: 4, offset: 900, sequence: 10 });
  audit.accounting(accounting({ a: 7 }, 4));
  expect(audit.report).toEqual({ checked: 0, differences: {} });
  audit.damaged();
  audit.accounting(accounting({ a: 9 }, 5));
  expect(audit.report).toEqual({ checked: 0, differences: {} });
  audit.accounting(accounting({}, 6));
  expect(audit.report.checked).toBe(1);
  expect(audit.accountedJournal).toBe(6);
});
