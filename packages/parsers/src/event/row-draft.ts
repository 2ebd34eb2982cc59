import type { ColumnBatch } from '@logmaster/core/event/columns/column-batch';
import type { FlatEvent } from '@logmaster/core/event/event';
import type { FieldName } from '@logmaster/core/event/fields';
import { EventDraft } from './draft.ts';
import { RowEvent, type RowText } from './row-event.ts';

/** A draft whose values go straight into the row in the making of a batch. One for a batch, until it is cleared. */
export class RowDraft extends EventDraft {
  private readonly row: RowEvent;

  constructor(batch: ColumnBatch) {
    const row = new RowEvent(batch);
    // it has a property for each field
    super(row as unknown as FlatEvent);
    this.row = row;
  }

  begin(text: RowText): void {
    this.errors.length = 0;
    this.labels = 0;
    this.row.begin(text);
  }

  finish(): void {
    this.row.finish();
  }

  protected override put(field: FieldName, value: string | number): void {
    this.row.put(field, value);
  }

  protected override putLabel(name: string, value: string): void {
    this.row.putLabel(name, value);
  }

  protected override removeLabels(): void {
    this.row.labels = undefined;
  }

  override drop(field: FieldName): void {
    this.row.drop(field);
  }

  override has(field: FieldName): boolean {
    return this.row.has(field);
  }
}
