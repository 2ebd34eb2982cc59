import type { Micros } from '@logmaster/core/time';
import { type IndexedEvent, isBefore } from '../../indexed-event.ts';
import type { StreamRange } from '../../sheddable-index.ts';
import type { JournalPosition } from '../../store.ts';

/** What the catalogue knows about a file's rows, to leave files out of searches that can't find anything there. */
export interface FileFacts {
  readonly rows: number;
  readonly minTimestamp: Micros;
  readonly maxTimestamp: Micros;
  readonly minReceived: Micros;
  readonly maxReceived: Micros;
  readonly streams: readonly StreamRange[];
  readonly sites: ReadonlyMap<string, number>;
}

/** Gathers the facts of a file row by row. */
export class FactsCollector {
  #rows = 0;
  #minTimestamp = Number.MAX_SAFE_INTEGER;
  #maxTimestamp = Number.MIN_SAFE_INTEGER;
  #minReceived = Number.MAX_SAFE_INTEGER;
  #maxReceived = Number.MIN_SAFE_INTEGER;
  readonly #streams = new Map<string, { stream: string; first: JournalPosition; last: JournalPosition }>();
  readonly #sites = new Map<string, number>();

  add({ timestamp, receivedAt, site, stream, position }: IndexedEvent): void {
    this.#rows++;
    this.#minTimestamp = Math.min(this.#minTimestamp, timestamp);
    this.#maxTimestamp = Math.max(this.#maxTimestamp, timestamp);
    this.#minReceived = Math.min(this.#minReceived, receivedAt);
    this.#maxReceived = Math.max(this.#maxReceived, receivedAt);
    this.#sites.set(site, (this.#sites.get(site) ?? 0) + 1);
    this.#widen({ stream, first: position, last: position });
  }

  addAll(facts: FileFacts): void {
    this.#rows += facts.rows;
    this.#minTimestamp = Math.min(this.#minTimestamp, facts.minTimestamp);
    this.#maxTimestamp = Math.max(this.#maxTimestamp, facts.maxTimestamp);
    this.#minReceived = Math.min(this.#minReceived, facts.minReceived);
    this.#maxReceived = Math.max(this.#maxReceived, facts.maxReceived);
    for (const [site, rows] of facts.sites) this.#sites.set(site, (this.#sites.get(site) ?? 0) + rows);
    for (const range of facts.streams) this.#widen(range);
  }

  #widen({ stream, first, last }: StreamRange): void {
    const known = this.#streams.get(stream);
    if (!known) {
      this.#streams.set(stream, { stream, first, last });
      return;
    }
    if (isBefore(first, known.first)) known.first = first;
    if (isBefore(known.last, last)) known.last = last;
  }

  /** Of no rows the times are 0. */
  get facts(): FileFacts {
    const empty = this.#rows === 0;
    return {
      rows: this.#rows,
      minTimestamp: empty ? 0 : this.#minTimestamp,
      maxTimestamp: empty ? 0 : this.#maxTimestamp,
      minReceived: empty ? 0 : this.#minReceived,
      maxReceived: empty ? 0 : this.#maxReceived,
      streams: [...this.#streams.values()],
      sites: this.#sites,
    };
  }
}
