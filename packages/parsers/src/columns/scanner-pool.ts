import type { ColumnBatch } from '@logmaster/core/event/columns/column-batch';

/** Each scanner has up to 9 MiB of memory, of which little is touched; a stream of the journal has two batches in turn. */
const MAX_SCANNERS = 8;

/** Readers of batches, each with a scanner that remembers what the batch's rows had. */
export class ScannerPool<Scanner, Reader extends { readonly scanner: Scanner }> {
  private readonly makeScanner: () => Scanner;
  private readonly makeReader: (batch: ColumnBatch, scanner: Scanner) => Reader;
  /** The one used last stands last. */
  private readonly readers = new Map<ColumnBatch, Reader>();
  private lastBatch: ColumnBatch | undefined;
  private lastReader: Reader | undefined;

  constructor(makeScanner: () => Scanner, makeReader: (batch: ColumnBatch, scanner: Scanner) => Reader) {
    this.makeScanner = makeScanner;
    this.makeReader = makeReader;
  }

  of(batch: ColumnBatch): Reader {
    if (batch === this.lastBatch && this.lastReader !== undefined) return this.lastReader;
    return this.use(batch, this.readers.get(batch) ?? this.makeReader(batch, this.spareScanner()));
  }

  /** A new reader for a batch that has one, with the same scanner. */
  renewed(batch: ColumnBatch): Reader {
    return this.use(batch, this.makeReader(batch, this.of(batch).scanner));
  }

  private use(batch: ColumnBatch, reader: Reader): Reader {
    this.readers.delete(batch);
    this.readers.set(batch, reader);
    this.lastBatch = batch;
    this.lastReader = reader;
    return reader;
  }

  /** The scanner of the batch that was not used for the longest time, when there are enough. */
  private spareScanner(): Scanner {
    const [oldest] = this.readers;
    if (oldest === undefined || this.readers.size < MAX_SCANNERS) return this.makeScanner();
    this.readers.delete(oldest[0]);
    return oldest[1].scanner;
  }
}
