import type { ColumnBatch } from '@logmaster/core/event/columns/column-batch';

/** Something that is made for a batch, and anew when the batch was cleared. A stream of the journal has two batches in turn. */
export class PerBatch<T> {
  private readonly make: (batch: ColumnBatch) => T;
  private readonly known = new WeakMap<ColumnBatch, { readonly generation: number; readonly made: T }>();
  private batch: ColumnBatch | undefined;
  private generation = -1;
  private made: T | undefined;

  constructor(make: (batch: ColumnBatch) => T) {
    this.make = make;
  }

  of(batch: ColumnBatch): T {
    if (batch === this.batch && batch.generation === this.generation) return this.made as T;
    const known = this.known.get(batch);
    const made = known?.generation === batch.generation ? known.made : this.make(batch);
    this.known.set(batch, { generation: batch.generation, made });
    this.batch = batch;
    this.generation = batch.generation;
    this.made = made;
    return made;
  }
}
