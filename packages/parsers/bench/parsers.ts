import { ColumnBatch } from '@logmaster/core/event/columns/column-batch';
import { createColumnParser } from '../src/column-parser.ts';
import { FIXTURE_FOLDERS, readFixtures } from '../src/testing/fixtures.ts';
import { measureGrowth } from './growth.ts';
import { headers } from './headers.ts';
import {
  asaTraffic,
  BURST,
  fortigateTraffic,
  misleadingText,
  paloAltoThreats,
  paloAltoTraffic,
  repeated,
  unknownText,
} from './lines.ts';
import { type BenchResult, inTurns, measure, type Rates, rateRows, reported } from './measure.ts';
import { recognition, recognitionOf } from './recognition.ts';

const RECEIVED_AT = Date.UTC(2026, 10, 23, 17) * 1000;
const BATCH_ROWS = 30_000;
/** Each vendor's fixtures once more than its code needs to be warm. */
const FIXTURE_BURSTS = 5;

/** Records into the columns that the index needs, one behind the other as a journal block has them. */
function intoColumns(lines: readonly Buffer[]): (bursts: number) => Rates {
  const places: (readonly [from: number, to: number])[] = [];
  let at = 0;
  for (const line of lines) {
    places.push([at, at + line.length]);
    at += line.length;
  }
  const bytes = Buffer.concat(lines);
  const parser = createColumnParser();
  const context = { receivedAt: RECEIVED_AT, timeZone: 'Europe/Istanbul', source: '192.0.2.1' };
  const batch = new ColumnBatch();
  const read = (first: number, last: number) => {
    if (batch.rows > BATCH_ROWS) batch.clear();
    for (const [from, to] of places.slice(first, last)) {
      parser.parse(batch, bytes, from, to, context);
      batch.endRow();
    }
  };
  return (bursts) => measure(BURST, read, bursts);
}

export default async function run(): Promise<BenchResult[]> {
  const traffic = fortigateTraffic();
  const asa = asaTraffic();
  const paloAlto = paloAltoTraffic();
  const unknown = unknownText();
  const misleading = misleadingText();
  const rows: readonly (readonly [name: string, lines: readonly Buffer[], goal: number | null])[] = [
    ['fortigate traffic', traffic, 400_000],
    ['cisco_asa traffic', asa, 400_000],
    ['palo_alto traffic with a tenth of threats', paloAlto, 300_000],
    ['palo_alto threats', paloAltoThreats(), null],
    ['unknown text', unknown, 1_000_000],
    ['unknown text with signs of many vendors', misleading, null],
  ];
  const rates = inTurns(rows.map(([, lines]) => intoColumns(lines)));
  return [
    ...rows.flatMap(([name, , goal], index) => rateRows(name, rates[index] as Rates, goal)),
    ...FIXTURE_FOLDERS.map((folder) =>
      reported(
        `${folder}, all fixtures, best slice`,
        Math.round(intoColumns(repeated(readFixtures(folder)))(FIXTURE_BURSTS).best),
        'records/s',
      ),
    ),
    ...recognition([
      ['fortigate traffic', traffic, 0.3],
      ['cisco_asa traffic', asa, 0.3],
      ['palo_alto traffic', paloAlto, 0.3],
      ['unknown text', unknown, null],
      ['unknown text with signs of many vendors', misleading, null],
    ]),
    ...FIXTURE_FOLDERS.map((folder) =>
      recognitionOf(`${folder}, all fixtures`, repeated(readFixtures(folder)), FIXTURE_BURSTS),
    ),
    ...headers(),
    ...measureGrowth(),
  ];
}
