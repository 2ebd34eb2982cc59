import type { ColumnBatch } from '@logmaster/core/event/columns/column-batch';
import { readEvent } from '@logmaster/core/event/columns/read-event';
import type { FlatEvent } from '@logmaster/core/event/event';
import type { EventBatch, JournalPosition } from '@logmaster/search/store';

/** A batch of columns as `SearchStore.write` takes it; its events are made when someone asks for them. */
export class ColumnEvents implements EventBatch {
  readonly stream: string;
  readonly from: JournalPosition;
  readonly to: JournalPosition;
  readonly columns: ColumnBatch;
  #events: readonly FlatEvent[] | undefined;

  constructor(stream: string, from: JournalPosition, to: JournalPosition, columns: ColumnBatch) {
    this.stream = stream;
    this.from = from;
    this.to = to;
    this.columns = columns;
  }

  get events(): readonly FlatEvent[] {
    this.#events ??= Array.from({ length: this.columns.rows }, (_, row) => readEvent(this.columns, row));
    return this.#events;
  }
}
