import { VENDOR_SIGNS } from '../src/recognition/signs.ts';
import { VendorFinder } from '../src/recognition/vendor-finder.ts';
import { RecordText } from '../src/record-text.ts';
import { VENDORS } from '../src/vendors.ts';
import { type BenchResult, measure, timeRow } from './measure.ts';

/** Time to find the parser of a record whose header is read; nothing is remembered of its source. */
export function recognition(name: string, lines: readonly Buffer[], goal: number | null, bursts?: number): BenchResult {
  const finder = new VendorFinder(VENDORS, VENDOR_SIGNS);
  const records = lines.map((line) => {
    const record = new RecordText();
    record.takeOther(line);
    // its units are memory that the next call takes again
    record.units = Uint8Array.from(record.units);
    return record;
  });
  const rates = measure(
    records.length,
    (from, to) => {
      for (const record of records.slice(from, to)) finder.find(record, record.units, record.from, record.to);
    },
    bursts,
  );
  return timeRow(`recognition of ${name}`, rates, goal);
}
