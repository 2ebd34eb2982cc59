import { readFileSync } from 'node:fs';
import type { FlatEvent } from '@logmaster/core/event/event';
import { describe, expect, it } from 'vitest';
import { readDelimited } from '../key-value/delimited.ts';
import { createRecordParser } from '../record-parser.ts';

const context = { receivedAt: Date.UTC(2026, 10, 23, 18) * 1000, timeZone: 'Europe/Istanbul', source: '192.0.2.1' };
const HEADER = '<134>1 2026-11-23T16:56:31Z cp-gw1 CheckPoint 15190 - ';
/** Records of Log Exporter's own form whose values every other form can hold, too. */
const records = readFileSync(new URL('fixtures/records.log', import.meta.url), 'utf8')
  .split('\n')
  .filter((line) => /^<134>1 \S+ cp-gw1 CheckPoint \d+ - \[/.test(line))
  .map((line) => line.slice(line.indexOf('[')))
  .filter((list) => list.includes('"; ') && !/[|\t]|::"/.test(list));

function pairsOf(list: string): Map<string, string> {
  const pairs = new Map<string, string>();
  readDelimited(list.slice(1, -1), 0, ';', (key, value) => pairs.set(key, value), ':');
  return pairs;
}

/** The event without what tells in which form it came. */
function meaningOf(text: string): Partial<FlatEvent> {
  const event: Partial<FlatEvent> = createRecordParser().parse(Buffer.from(`${HEADER}${text}`), context);
  const { labels, ...rest } = event;
  for (const name of ['message', 'event.original', 'logmaster.parser', 'event.code', 'event.severity'] as const) {
    delete rest[name];
  }
  const { name, severity, ...own } = labels ?? {};
  return { ...rest, labels: own };
}

describe('a Check Point record means the same in each of Log Exporter’s forms', () => {
  it('has records to compare', () => expect(records.length).toBeGreaterThan(10));

  it('Splunk', () => {
    for (const record of records) {
      const pairs = [...pairsOf(record)].sort(([a], [b]) => Number(b === 'time') - Number(a === 'time'));
      const text = `${pairs.map(([key, value]) => `${key}=${value}`).join('|')}`;
      expect(meaningOf(text), record).toEqual(meaningOf(record));
    }
  });

  it('JSON', () => {
    for (const record of records) {
      expect(meaningOf(JSON.stringify(Object.fromEntries(pairsOf(record)))), record).toEqual(meaningOf(record));
    }
  });

  it('LEEF', () => {
    for (const record of records) {
      const pairs = pairsOf(record);
      const text = [...pairs].map(([key, value]) => `${key === 'time' ? 'devTime' : key}=${value}`).join('\t');
      const leef = `LEEF:2.0|Check Point|${pairs.get('product')}|1.0|${pairs.get('action') ?? 'Log'}|${text}`;
      expect(meaningOf(leef), record).toEqual(meaningOf(record));
    }
  });

  it('CEF with its own names', () => {
    for (const record of records) {
      const pairs = pairsOf(record);
      const text = [...pairs].map(
        ([key, value]) => `${key === 'time' ? 'rt' : key}=${value.replace(/[\\=]/g, '\\$&')}`,
      );
      const cef = `CEF:0|Check Point|${pairs.get('product')}|Check Point|Log|Log|Unknown|${text.join(' ')}`;
      expect(meaningOf(cef), record).toEqual(meaningOf(record));
    }
  });
});
