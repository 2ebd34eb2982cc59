import type { FlatEvent } from '../event.ts';
import { messageOffset } from '../message-place.ts';
import { type ColumnBatch, isNumberField, isTextField } from './column-batch.ts';

const encoder = new TextEncoder();
const CANONICAL_ID = /^(.*\.)(0|[1-9]\d{0,11})$/s;

/** Adds an event as a row. Names that are no field are left out, as are `null` and `undefined`. */
export function appendEvent(batch: ColumnBatch, event: FlatEvent): void {
  writeEvent(batch, event);
  batch.endRow();
}

/** Writes an event into the row in the making. */
export function writeEvent(batch: ColumnBatch, event: FlatEvent): void {
  const row = batch.rows;
  const offset = messageOffset(event);
  if (offset !== undefined) batch.messageAt[row] = offset;
  for (const name in event) {
    const value = event[name as keyof FlatEvent];
    if (value === undefined || value === null) continue;
    if (typeof value === 'number') {
      if (isNumberField(name)) batch.number(name).values[row] = value;
    } else if (typeof value === 'object') {
      if (name === 'labels') writeLabels(batch, value);
    } else if (name === 'event.original') {
      const bytes = encoder.encode(value);
      batch.setOriginal(bytes, 0, bytes.length);
    } else if (name === 'logmaster.record.id') writeId(batch, value);
    else if (isTextField(name) && !(name === 'message' && offset !== undefined)) {
      const column = batch.text(name);
      column.codes[row] = column.dictionary.codeOfText(value);
    }
  }
}

function writeLabels({ labels, rows }: ColumnBatch, entries: Record<string, string>): void {
  labels.present[rows] = 1;
  for (const [key, value] of Object.entries(entries)) {
    labels.set(rows, labels.keyNames.codeOfText(key), labels.valueTexts.codeOfText(value));
  }
}

function writeId(batch: ColumnBatch, id: string): void {
  const parts = CANONICAL_ID.exec(id);
  batch.idPrefix.codes[batch.rows] = batch.idPrefix.dictionary.codeOfText(parts?.[1] ?? id);
  if (parts) batch.idSequence.values[batch.rows] = Number(parts[2]);
}
