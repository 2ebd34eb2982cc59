import { ColumnBatch } from '@logmaster/core/event/columns/column-batch';
import { readEvent } from '@logmaster/core/event/columns/read-event';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createColumnParser } from './column-parser.ts';
import { createRecordParser } from './record-parser.ts';
import { context, expectSame, mutated, shortWays } from './testing/both-ways.ts';
import { allFixtures, readFixtures } from './testing/fixtures.ts';

const fixtures = allFixtures();
const fortigate = readFixtures('fortigate').filter((line) => line.includes(' logid='));

describe('records in columns are the record parser’s events', { timeout: 180_000 }, () => {
  it('for all fixtures of all vendors, one after the other from one source', () => {
    expectSame(fixtures);
    expectSame(fixtures.toReversed());
    expectSame(fortigate.flatMap((line) => [line, line]));
  });

  // Administrators' events, VPN events and sniffers' zeros go the long way; among the fixtures they are many. So do the proxy's
  // requests, whose durations are in another unit.
  it('and most FortiGate fixtures go the short way', () => {
    const plain = fortigate.filter((line) => /^(?:<\d+>)?date=(?!.*http-transaction)/.test(line.toString()));
    expect(shortWays(plain)).toBeGreaterThan(plain.length * 0.5);
  });

  it('for FortiGate fixtures cut at every byte', () => {
    for (const [index, line] of fortigate.entries()) {
      // Each byte of some is enough: the others are cut at places that differ from record to record.
      const step = index < 12 ? 1 : 11;
      const cuts = Array.from({ length: Math.ceil((line.length + 1) / step) }, (_, cut) => cut * step);
      expectSame(cuts.map((length) => line.subarray(0, length)));
    }
  });

  const pieces = [...'\0\t\n\r ",;=\\-0A', '\u0131', '<', '>', ':', '[', ']', '(', ')', '/', '.', '%', '||', '{'];
  it('for FortiGate fixtures with pieces put in and taken out', () => {
    fc.assert(
      fc.property(mutated(fortigate, pieces), (records) => expectSame(records)),
      { numRuns: 250 },
    );
  });

  it('for fixtures of all vendors with pieces put in and taken out', () => {
    fc.assert(
      fc.property(mutated(fixtures, pieces), (records) => expectSame(records)),
      { numRuns: 800 },
    );
  });

  const keys = fc.constantFrom(
    ...'date time tz eventtime devname logid type subtype level srcip remip ip dstip srcport sentbyte rcvdbyte sentpkt'.split(
      ' ',
    ),
    ...'rcvdpkt duration proto service app action status hostname dhcp_msg mac srcmac user unauthuser attack reason url'.split(
      ' ',
    ),
    ...'vendor.own vendor_own __proto__ constructor seq ı'.split(' '),
    'k'.repeat(70),
  );
  const values = fc.oneof(
    fc.constantFrom(
      ...[
        '',
        '-',
        'N/A',
        'n/a',
        '10.0.0.1',
        '010.0.0.1',
        '2001:DB8::1',
        '2001:db8::1',
        '::ffff:10.0.0.1',
        '6',
        '17',
        '99',
      ],
      ...[
        '443',
        '65536',
        '9007199254740993',
        '9007200',
        'tcp/443',
        'HTTPS',
        'ŞUBE',
        'traffic',
        'utm',
        'event',
        'login',
      ],
      ...['deny', 'Accept', 'start', 'close', 'Ack', 'none', 'warning', 'dc:a6:32:c5:b4:b8', '1795636476631000000'],
      ...[
        '1795636476',
        '1795636476631000',
        '0000000000',
        '9999999999999999999',
        '2026-11-23',
        '21:00:00',
        '+0300',
        'a\\"b',
      ],
    ),
    fc.string({ maxLength: 12 }),
    fc.string({ unit: 'binary', maxLength: 6 }),
  );
  const pairs = fc.array(
    fc.tuple(keys, values, fc.constantFrom('bare', 'quoted', 'open'), fc.constantFrom(' ', ', ', ';', '')),
    {
      maxLength: 30,
    },
  );
  it('for random pairs behind a FortiGate’s head', () => {
    fc.assert(
      fc.property(
        fc.array(pairs, { minLength: 1, maxLength: 4 }),
        fc.constantFrom('', '<189>', '<999>'),
        (all, priority) => {
          const records = all.map((list) => {
            const text = list.map(([key, value, form, end]) => `${key}=${quote(value, form)}${end}`).join(' ');
            return Buffer.from(
              `${priority}date=2026-11-23 time=20:59:59 logid="13" type="traffic" subtype="forward" ${text}`,
            );
          });
          expectSame(records);
        },
      ),
      { numRuns: 250 },
    );
  });

  it('for huge records, many labels and texts that are not UTF-8', () => {
    const head = 'date=2026-11-23 time=20:59:59 logid="13" type="traffic" subtype="forward"';
    const labels = Array.from({ length: 200 }, (_, index) => `k${index}=v`).join(' ');
    const same = Array.from({ length: 200 }, () => 'same=v').join(' ');
    expectSame([
      Buffer.from(`${head} a="${'x'.repeat(60_000)}" b=${'y'.repeat(70)}`),
      Buffer.from(`${head} ${labels}`),
      Buffer.from(`${head} ${same}`),
      Buffer.from(`${head} ${'='.repeat(5000)}`),
      Buffer.from(`${head} a="${'\\"'.repeat(20_000)}"`),
      Buffer.from(`${head} policyname="\xdeUBE \xfdZM\xddR"`, 'latin1'),
      Buffer.from(`${head} policyname="ŞUBE İZMİR" action="ŞUBE"`),
      Buffer.from(
        'date=2026-11-23,time=20:59:59,logid="13",type="traffic",subtype="forward",msg="a logid=1 type=x subtype=y"',
      ),
      Buffer.from(`${head} a=1\0\r\n `),
      Buffer.from(`${head} a="1\0\n2"`),
    ]);
  });

  it('for sources that change their vendor, and zones', () => {
    const sources = ['192.0.2.1', '192.0.2.2'];
    const zones = ['UTC', 'Europe/Istanbul', 'no/zone'];
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom(...fixtures), fc.constantFrom(...sources), fc.constantFrom(...zones)), {
          maxLength: 20,
        }),
        (list) => {
          expectSame(
            list.map(([line]) => line),
            list.map(([, source, timeZone]) => ({ ...context, source, timeZone })),
          );
        },
      ),
      { numRuns: 60 },
    );
  });
});

function quote(value: string, form: string): string {
  if (form === 'bare') return value;
  return form === 'quoted' ? `"${value.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"` : `"${value}`;
}

it('a cleared batch is like a new one', () => {
  const columns = createColumnParser();
  const parser = createRecordParser();
  const batch = new ColumnBatch();
  for (const records of [fixtures, fortigate.toReversed(), fixtures.slice(0, 5), fixtures]) {
    batch.clear();
    for (const record of records) {
      columns.parse(batch, record, 0, record.length, context);
      batch.endRow();
    }
    for (const [row, record] of records.entries()) expect(readEvent(batch, row)).toEqual(parser.parse(record, context));
  }
});
