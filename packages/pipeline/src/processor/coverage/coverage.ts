import { mergeCoverage } from '@logmaster/core/coverage/counts';
import {
  type CoverageAnswer,
  type CoverageDirectory,
  type CoverageWindow,
  MICROS_PER_HOUR,
} from '@logmaster/core/coverage/window';
import type { ColumnBatch } from '@logmaster/core/event/columns/column-batch';
import type { Micros } from '@logmaster/core/time';
import { CoverageTally } from '@logmaster/parsers/coverage/tally';
import { coverRows, type RowSlots } from './coverage-rows.ts';

/** Devices and hours that wait for the database. More at once is an attack, or a database that is away for days. */
const MAX_WINDOWS = 5000;
/** Times as far as a double holds them beside the codes of a batch. */
const CODES = 2 ** 32;

interface Window extends Omit<CoverageWindow, 'counts'> {
  readonly tally: CoverageTally;
}

/** How each device's records are parsed: collected from batches, told to the database now and then, kept while it is away. */
export class Coverage {
  private readonly windows = new Map<string, Window>();
  private unsent = new Map<string, CoverageWindow>();
  /** Records that were left out because too many devices and hours were waiting. */
  leftOut = 0;

  /** The rows from `first` on. */
  seeRows(batch: ColumnBatch, first: number): void {
    if (batch.rows > first) coverRows(batch, this.slotsOf(batch, first));
  }

  /** Throws what the directory throws; nothing is forgotten then. Asks also when there is nothing to tell. */
  async report(directory: CoverageDirectory, now: Micros): Promise<CoverageAnswer> {
    for (const [key, { tally, ...about }] of this.windows) {
      const known = this.unsent.get(key);
      const { counts } = tally;
      this.unsent.set(key, { ...about, counts: known === undefined ? counts : mergeCoverage(known.counts, counts) });
    }
    this.windows.clear();
    const taken = [...this.unsent];
    const answer = await directory.reportCoverage(
      taken.map(([, window]) => window),
      now,
    );
    for (const [key] of taken) this.unsent.delete(key);
    return answer;
  }

  /** Which window each row counts for. */
  private slotsOf(batch: ColumnBatch, first: number): RowSlots {
    const device = batch.text('logmaster.device.id');
    const address = batch.text('log.source.address');
    const receivedAt = batch.number('logmaster.received_at').values;
    const tallies: CoverageTally[] = [];
    const slots = new Int32Array(batch.rows - first);
    const known = new Map<number, number>();
    let last = { key: Number.NaN, slot: -1 };
    for (let row = first; row < batch.rows; row++) {
      const owner = device.codes[row] as number;
      const code = owner === 0 ? (address.codes[row] as number) * 2 : owner * 2 + 1;
      const hour = Math.floor((receivedAt[row] as number) / MICROS_PER_HOUR);
      const key = hour * CODES + code;
      if (key !== last.key) {
        let slot = known.get(key);
        if (slot === undefined) {
          const deviceId = owner === 0 ? undefined : device.dictionary.text(owner);
          const sender = address.dictionary.text(address.codes[row] as number);
          const tally = this.tallyOf(deviceId, sender, hour * MICROS_PER_HOUR);
          slot = tally === undefined ? -1 : tallies.push(tally) - 1;
          known.set(key, slot);
        }
        last = { key, slot };
      }
      if (last.slot < 0) this.leftOut += 1;
      slots[row - first] = last.slot;
    }
    return { first, slots, tallies };
  }

  private tallyOf(deviceId: string | undefined, address: string, hour: Micros): CoverageTally | undefined {
    const key = `${deviceId ?? address} ${hour}`;
    const window = this.windows.get(key);
    if (window !== undefined) return window.tally;
    if (this.windows.size >= MAX_WINDOWS || (this.unsent.size >= MAX_WINDOWS && !this.unsent.has(key)))
      return undefined;
    const tally = new CoverageTally();
    this.windows.set(key, { deviceId, address, hour, tally });
    return tally;
  }
}
