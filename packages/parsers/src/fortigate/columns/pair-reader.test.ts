import { ColumnBatch } from '@logmaster/core/event/columns/column-batch';
import { readEvent } from '@logmaster/core/event/columns/read-event';
import { describe, expect, it } from 'vitest';
import { createColumnParser } from '../../column-parser.ts';
import { createRecordParser } from '../../record-parser.ts';

const context = { receivedAt: Date.UTC(2026, 10, 23, 18) * 1000, timeZone: 'Europe/Istanbul', source: '192.0.2.1' };
const HEAD = 'date=2026-11-23 time=20:59:59 logid="13" type="traffic" subtype="forward"';

/** Reads records that stand in one block, and compares those of which `looked` is true. */
function expectSame(records: readonly string[], looked: (index: number) => boolean = () => true): void {
  const block = Buffer.from(records.join(''));
  const columns = createColumnParser();
  const batch = new ColumnBatch();
  let at = 0;
  for (const record of records) {
    columns.parse(batch, block, at, at + record.length, context);
    batch.endRow();
    at += record.length;
  }
  const parser = createRecordParser();
  for (const [index, record] of records.entries()) {
    if (looked(index)) expect(readEvent(batch, index)).toEqual(parser.parse(Buffer.from(record), context));
  }
}

describe('beyond the bounds of its memory records mean the same', { timeout: 60_000 }, () => {
  it('with more keys than there are places', () => {
    const keys = (record: number) => Array.from({ length: 50 }, (_, n) => `made${record}up${n}=${n}`).join(' ');
    expectSame(
      Array.from({ length: 120 }, (_, record) => `${HEAD} srcport=${record} ${keys(record)} user="u${record % 3}"`),
    );
  });

  it('with more new keys in a record than are looked for', () => {
    const keys = Array.from({ length: 100 }, (_, n) => `fresh${n}=${n}`).join(' ');
    expectSame([`${HEAD} ${keys}`, `${HEAD} ${keys}`]);
  });

  it('with a new value twice in one record', () => {
    const twice = (n: number) => `${HEAD} user="u${n}" user="u${n}" attack="a${n}" msg="m" attack="a${n}"`;
    expectSame(Array.from({ length: 200 }, (_, n) => twice(n)));
    const parted = (n: number) => `${HEAD} srcip=10.0.0.${n} action="x${n}" srcip=10.0.0.${n} action="x${n}"`;
    expectSame(Array.from({ length: 200 }, (_, n) => parted(n)));
  });

  it('with more values than there are places', () => {
    const records = Array.from({ length: 90_000 }, (_, n) => `${HEAD} sessionid=${n} user="u${n % 50}"`);
    expectSame(records, (index) => index % 997 === 0 || index > 89_990);
  });

  it('in a block that is longer than its input', () => {
    const records = Array.from({ length: 40 }, (_, n) => `${HEAD} msg="${'x'.repeat(50_000)}${n}" srcport=${n}`);
    expectSame(records);
  });

  it('with a record that is longer than it takes', () => {
    expectSame([`${HEAD} msg="${'x'.repeat(300_000)}"`, `${HEAD} msg="x"`, `${HEAD} msg="${'x'.repeat(1_400_000)}"`]);
  });
});

it('batches in turn keep their own codes', () => {
  const columns = createColumnParser();
  const batches = Array.from({ length: 20 }, () => new ColumnBatch());
  const record = (batch: number, row: number) => `${HEAD} user="u${batch}-${row % 3}" service="s${batch}" seq=${row}`;
  for (let row = 0; row < 6; row++) {
    for (const [index, batch] of batches.entries()) {
      const bytes = Buffer.from(record(index, row));
      columns.parse(batch, bytes, 0, bytes.length, context);
      batch.endRow();
    }
  }
  const parser = createRecordParser();
  for (const [index, batch] of batches.entries()) {
    for (let row = 0; row < 6; row++) {
      expect(readEvent(batch, row)).toEqual(parser.parse(Buffer.from(record(index, row)), context));
    }
  }
});

it('two values of one key in a record do not mix up the next record', () => {
  expectSame([
    `${HEAD} user="a" user="b" app="x"`,
    `${HEAD} user="b" user="a" app="x"`,
    `${HEAD} user="a" app="x"`,
    `${HEAD} user="c" user="a" app="x"`,
    `${HEAD} user="a" app="x"`,
    `${HEAD} user="a" app="x"`,
  ]);
});
