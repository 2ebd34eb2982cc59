import { AppError } from '@logmaster/core/errors';
import type { ColumnBatch } from '@logmaster/core/event/columns/column-batch';
import { recordId } from '@logmaster/core/event/columns/read-event';
import { parseRecordId } from '@logmaster/core/record';
import { MICROS_PER_DAY, type Micros, utcDay } from '@logmaster/core/time';
import type { JournalPosition } from '../../store.ts';
import type { FileFacts } from '../catalogue/file-facts.ts';

interface Prefix {
  readonly stream: string;
  readonly journal: number;
}

const NONE = new Float64Array(0);

/** What the index can't do without, of each row of a batch. */
export class BatchRows {
  readonly batch: ColumnBatch;
  readonly timestamps: Float64Array;
  readonly receivedAt: Float64Array;
  readonly siteCodes: Int32Array;
  readonly #prefixes: (Prefix | null | undefined)[] = [];
  readonly #sites: string[] = [];
  #dayNumber = Number.NaN;
  #day = '';

  constructor(batch: ColumnBatch) {
    this.batch = batch;
    this.timestamps = batch.numbers.get('@timestamp')?.values ?? NONE;
    this.receivedAt = batch.numbers.get('logmaster.received_at')?.values ?? NONE;
    this.siteCodes = batch.texts.get('logmaster.site.id')?.codes ?? new Int32Array(0);
  }

  /** Throws INVALID_INPUT for a row that could not be found again, or is of another stream. */
  check(row: number, stream: string): void {
    const prefix = this.#prefix(row);
    const proper =
      prefix !== null &&
      Number.isSafeInteger(this.timestamps[row]) &&
      Number.isSafeInteger(this.receivedAt[row]) &&
      (this.siteCodes[row] ?? 0) !== 0;
    if (proper && prefix.stream === stream) return;
    const id = recordId(this.batch, row);
    throw new AppError('INVALID_INPUT', {
      detail: proper
        ? `record ${id} is not of stream ${stream}`
        : `event ${id ?? 'without id'} lacks a proper logmaster.record.id, @timestamp, logmaster.received_at or logmaster.site.id`,
    });
  }

  journal(row: number): number {
    return this.#prefix(row)?.journal ?? 0;
  }

  sequence(row: number): number {
    const sequence = this.batch.idSequence.values[row] as number;
    if (!Number.isNaN(sequence)) return sequence;
    return parseRecordId(recordId(this.batch, row) ?? '')?.sequence ?? 0;
  }

  isBefore(row: number, at: JournalPosition): boolean {
    const journal = this.journal(row);
    return journal < at.journal || (journal === at.journal && this.sequence(row) < at.sequence);
  }

  day(row: number): string {
    const number = Math.floor((this.receivedAt[row] as Micros) / MICROS_PER_DAY);
    if (number !== this.#dayNumber) {
      this.#dayNumber = number;
      this.#day = utcDay(number * MICROS_PER_DAY);
    }
    return this.#day;
  }

  site(row: number): string {
    const code = this.siteCodes[row] as number;
    let site = this.#sites[code];
    if (site === undefined) {
      site = this.batch.text('logmaster.site.id').dictionary.text(code);
      this.#sites[code] = site;
    }
    return site;
  }

  /** What the catalogue must know of these rows. */
  facts(rows: Uint32Array): FileFacts {
    let [minTimestamp, maxTimestamp, minReceived, maxReceived] = [
      Number.POSITIVE_INFINITY,
      Number.NEGATIVE_INFINITY,
      Number.POSITIVE_INFINITY,
      Number.NEGATIVE_INFINITY,
    ];
    const streams = new Map<string, { stream: string; first: JournalPosition; last: JournalPosition }>();
    const perSite = new Map<number, number>();
    for (const row of rows) {
      const timestamp = this.timestamps[row] as number;
      const received = this.receivedAt[row] as number;
      if (timestamp < minTimestamp) minTimestamp = timestamp;
      if (timestamp > maxTimestamp) maxTimestamp = timestamp;
      if (received < minReceived) minReceived = received;
      if (received > maxReceived) maxReceived = received;
      const site = this.siteCodes[row] as number;
      perSite.set(site, (perSite.get(site) ?? 0) + 1);
      const stream = this.#prefix(row)?.stream ?? '';
      const range = streams.get(stream);
      if (range === undefined) {
        const position = { journal: this.journal(row), sequence: this.sequence(row) };
        streams.set(stream, { stream, first: position, last: position });
      } else if (this.isBefore(row, range.first)) {
        range.first = { journal: this.journal(row), sequence: this.sequence(row) };
      } else if (!this.isBefore(row, range.last)) {
        range.last = { journal: this.journal(row), sequence: this.sequence(row) };
      }
    }
    const sites = new Map<string, number>();
    for (const [code, count] of perSite) sites.set(this.batch.text('logmaster.site.id').dictionary.text(code), count);
    return {
      rows: rows.length,
      minTimestamp: rows.length === 0 ? 0 : minTimestamp,
      maxTimestamp: rows.length === 0 ? 0 : maxTimestamp,
      minReceived: rows.length === 0 ? 0 : minReceived,
      maxReceived: rows.length === 0 ? 0 : maxReceived,
      streams: [...streams.values()],
      sites,
    };
  }

  /** Null when the row has no proper record id. */
  #prefix(row: number): Prefix | null {
    const { idPrefix, idSequence } = this.batch;
    const code = idPrefix.codes[row] as number;
    if (code === 0) return null;
    let prefix = this.#prefixes[code];
    if (prefix === undefined) {
      const text = idPrefix.dictionary.text(code);
      const parts = parseRecordId(Number.isNaN(idSequence.values[row]) ? text : `${text}0`);
      prefix = parts === undefined ? null : { stream: `${parts.node}.${parts.worker}`, journal: parts.journal };
      this.#prefixes[code] = prefix;
    }
    return prefix;
  }
}
