import { readFileSync } from 'node:fs';
import { ColumnBatch } from '@logmaster/core/event/columns/column-batch';
import { createColumnParser } from '../src/column-parser.ts';
import { createRecordParser } from '../src/record-parser.ts';
import { measureGrowth } from './growth.ts';

interface BenchResult {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly goal: string | null;
  readonly holds: boolean | null;
}

const RECEIVED_AT = Date.UTC(2026, 10, 23, 17) * 1000;
const BATCH_ROWS = 30_000;
const BURST = 2048;
const BURSTS = 50;
const WARM_UP = 15;

const read = (file: string) =>
  readFileSync(new URL(`../src/${file}/fixtures/records.log`, import.meta.url), 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => Buffer.from(line));

/** The lines one behind the other, as a journal block has them, and where each stands. */
function block(lines: readonly Buffer[]) {
  const places: (readonly [from: number, to: number])[] = [];
  let at = 0;
  for (const line of lines) {
    places.push([at, at + line.length]);
    at += line.length;
  }
  return { bytes: Buffer.concat(lines), places };
}

/**
 * Records a second on one core into the columns that the index needs. The best of many short bursts, so that other work
 * on the machine does not count; the median is told beside it.
 */
function measure(name: string, lines: readonly Buffer[], goal: number | null): BenchResult[] {
  const { bytes, places } = block(Array.from({ length: BURST }, (_, index) => lines[index % lines.length] as Buffer));
  const parser = createColumnParser(createRecordParser());
  const context = { receivedAt: RECEIVED_AT, timeZone: 'Europe/Istanbul', source: '192.0.2.1' };
  const batch = new ColumnBatch();
  const rates: number[] = [];
  for (let burst = 0; burst < BURSTS + WARM_UP; burst++) {
    if (batch.rows > BATCH_ROWS) batch.clear();
    const began = performance.now();
    for (const [from, to] of places) {
      parser.parse(batch, bytes, from, to, context);
      batch.endRow();
    }
    if (burst >= WARM_UP) rates.push((BURST / (performance.now() - began)) * 1000);
  }
  rates.sort((a, b) => b - a);
  const best = rates[0] as number;
  const reported = { unit: 'records/s', goal: null, holds: null };
  return [
    {
      name: `${name}, best of ${BURSTS} bursts`,
      value: Math.round(best),
      unit: 'records/s',
      goal: goal === null ? null : `≥ ${goal}`,
      holds: goal === null ? null : best >= goal,
    },
    { name: `${name}, median`, value: Math.round(rates[BURSTS / 2] as number), ...reported },
  ];
}

/** FortiGate traffic as firewalls send it: sessions, addresses and counters differ from line to line. */
function traffic(): Buffer[] {
  const pattern = read('fortigate').find((line) => line.includes('type="traffic"'));
  return Array.from({ length: BURST }, (_, index) =>
    Buffer.from(
      (pattern as Buffer)
        .toString()
        .replace(/srcip=[\d.]+/, `srcip=10.10.20.${index % 250}`)
        .replace(/dstip=[\d.]+/, `dstip=203.0.113.${(index * 7) % 250}`)
        .replace(/srcport=\d+/, `srcport=${20_000 + ((index * 31) % 40_000)}`)
        .replace(/sessionid=\d+/, `sessionid=${5_000_000 + index}`)
        .replace(/sentbyte=\d+/, `sentbyte=${(index * 977) % 100_000}`)
        .replace(/rcvdbyte=\d+/, `rcvdbyte=${(index * 3571) % 1_000_000}`),
    ),
  );
}

export default async function run(): Promise<BenchResult[]> {
  const unknown = Array.from({ length: BURST }, (_, index) =>
    Buffer.from(`<134>Nov 23 19:56:31 host${index % 9} daemon[${index}]: something happened to unit ${index} again`),
  );
  return [
    ...measure('fortigate traffic', traffic(), 400_000),
    ...measure('fortigate, all fixtures', read('fortigate'), null),
    ...measure('cisco_asa, all fixtures', read('cisco-asa'), 400_000),
    ...measure('cisco_ios, all fixtures', read('cisco-ios'), null),
    ...measure('mikrotik, all fixtures', read('mikrotik'), null),
    ...measure('unknown text', unknown, 1_000_000),
    ...measureGrowth(),
  ];
}
