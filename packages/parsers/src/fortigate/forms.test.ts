import { readFileSync } from 'node:fs';
import type { FlatEvent } from '@logmaster/core/event/event';
import { describe, expect, it } from 'vitest';
import { readPairs } from '../key-value/pairs.ts';
import { createRecordParser } from '../record-parser.ts';

const context = { receivedAt: Date.UTC(2026, 10, 23, 18) * 1000, timeZone: 'Europe/Istanbul', source: '192.0.2.1' };
const START = /^(?:<\d+>)?(?=date=\d{4}-\d\d-\d\d )/;
const records = readFileSync(new URL('fixtures/records.log', import.meta.url), 'utf8')
  .split('\n')
  .filter((line) => START.test(line) && line.includes(' logid='));

/** Keys that CEF's dictionary has names for, as FortiOS writes them. */
const CEF_NAMES: Readonly<Record<string, string>> = {
  devid: 'deviceExternalId',
  srcip: 'src',
  srcport: 'spt',
  dstip: 'dst',
  dstport: 'dpt',
  srcintf: 'deviceInboundInterface',
  dstintf: 'deviceOutboundInterface',
  transip: 'sourceTranslatedAddress',
  transport: 'sourceTranslatedPort',
  tranip: 'destinationTranslatedAddress',
  tranport: 'destinationTranslatedPort',
  proto: 'proto',
  service: 'app',
  action: 'act',
  sessionid: 'externalId',
  sentbyte: 'out',
  rcvdbyte: 'in',
  user: 'duser',
  hostname: 'dhost',
  url: 'request',
  msg: 'msg',
  reason: 'reason',
  status: 'outcome',
  ui: 'sproc',
  filename: 'fname',
};

function pairsOf(record: string): Map<string, string> {
  const pairs = new Map<string, string>();
  readPairs(record, record.indexOf('date='), (key, value) => {
    if (!pairs.has(key)) pairs.set(key, value);
  });
  return pairs;
}

/** The event without what tells in which form it came. */
function meaningOf(text: string): Partial<FlatEvent> {
  const event: Partial<FlatEvent> = createRecordParser().parse(Buffer.from(text), context);
  const { labels, ...rest } = event;
  for (const name of ['message', 'event.original', 'logmaster.parser', 'observer.version', 'event.severity'] as const) {
    delete rest[name];
  }
  const { name, ...own } = labels ?? {};
  return { ...rest, labels: own };
}

/** Records whose keys are all different: a second value of a key has no place in the other forms. */
const plain = records.filter((record) => {
  let count = 0;
  readPairs(record, record.indexOf('date='), () => count++);
  return count === pairsOf(record).size;
});

const priorityOf = (record: string) => /^<\d+>/.exec(record)?.[0] ?? '';

describe('a FortiGate record means the same in each of its forms', () => {
  it('has records to compare', () => expect(plain.length).toBeGreaterThan(40));

  it('CSV', () => {
    for (const record of plain) {
      const [date, ...rest] = [...pairsOf(record)].map(([key, value]) => `${key}="${escaped(value)}"`);
      const csv = [date?.replaceAll('"', ''), ...rest].join(',');
      expect(meaningOf(`${priorityOf(record)}${csv}`), record).toEqual(meaningOf(record));
    }
  });

  it('JSON', () => {
    for (const record of plain) {
      const json = JSON.stringify(Object.fromEntries(pairsOf(record)));
      expect(meaningOf(`${priorityOf(record)}${json}`), record).toEqual(meaningOf(record));
    }
  });

  it('CEF', () => {
    for (const record of plain) {
      const pairs = pairsOf(record);
      const extension = [...pairs].map(
        ([key, value]) => `${CEF_NAMES[key] ?? `FTNTFGT${key}`}=${value.replace(/[\\=]/g, '\\$&')}`,
      );
      const header = `CEF:0|Fortinet|Fortigate|v7.4.4|${pairs.get('logid')?.slice(-5)}|x|3|`;
      expect(meaningOf(`${priorityOf(record)}${header}${extension.join(' ')}`), record).toEqual(meaningOf(record));
    }
  });
});

function escaped(value: string): string {
  return value.replace(/["\\]/g, '\\$&');
}
