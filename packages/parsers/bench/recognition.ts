import { isAscii } from 'node:buffer';
import { BUILT_IN_VENDORS } from '../src/recognition/built-in-vendors.ts';
import { RecordText } from '../src/record-text.ts';
import { type BenchResult, inTurns, measure, type Rates, timeRow } from './measure.ts';

/** A journal's block. */
const BLOCK_BYTES = 1024 * 1024;

/** The records in turn, as many as a block holds. */
function blocksOf(lines: readonly Buffer[]): Buffer[][] {
  const blocks: Buffer[][] = [];
  let room = 0;
  for (const line of lines) {
    room -= line.length;
    if (room < 0) {
      blocks.push([]);
      room = BLOCK_BYTES - line.length;
    }
    blocks.at(-1)?.push(line);
  }
  return blocks;
}

/** Records whose headers are read, one behind the other in a block as the journal has them. */
function recordsOf(lines: readonly Buffer[]): RecordText[] {
  const block = Buffer.concat(lines);
  let at = 0;
  return lines.map((line) => {
    const record = new RecordText();
    const to = at + line.length;
    if (isAscii(line)) record.takeAscii(block, at, to, line.toString('latin1'));
    else {
      record.takeOther(line);
      // its units are memory that the next call takes again
      record.units = Uint8Array.from(record.units);
    }
    at = to;
    return record;
  });
}

/** Finds the parser of records whose headers are read; nothing is remembered of their source. */
function finding(lines: readonly Buffer[]): (bursts: number) => Rates {
  const records = blocksOf(lines).flatMap(recordsOf);
  const find = (from: number, to: number) => {
    for (const record of records.slice(from, to)) {
      BUILT_IN_VENDORS.find(record, record.units, record.from, record.to, record.isAscii, record.app);
    }
  };
  return (bursts) => measure(records.length, find, bursts);
}

export type RecognitionRow = readonly [name: string, lines: readonly Buffer[], goal: number | null];

/** Its turns are to last longer than a slow stretch of the machine: a burst takes less than a millisecond. */
const BURSTS = 2000;

/** Time a record, of some in turns. */
export function recognition(rows: readonly RecognitionRow[]): BenchResult[] {
  const rates = inTurns(
    rows.map(([, lines]) => finding(lines)),
    BURSTS,
  );
  return rows.map(([name, , goal], index) => timeRow(`recognition of ${name}`, rates[index] as Rates, goal));
}

/** The same of one, with so many bursts. */
export function recognitionOf(name: string, lines: readonly Buffer[], bursts: number): BenchResult {
  return timeRow(`recognition of ${name}`, finding(lines)(bursts), null);
}
