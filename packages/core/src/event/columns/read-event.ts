import type { FlatEvent } from '../event.ts';
import { messageAt } from '../message-place.ts';
import { type ColumnBatch, RECORD_ID } from './column-batch.ts';

// A byte order mark is part of the text like any other character.
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** `logmaster.record.id` of a row; undefined where it has none. */
export function recordId({ idPrefix, idSequence }: ColumnBatch, row: number): string | undefined {
  const code = idPrefix.codes[row] as number;
  if (code === 0) return undefined;
  const sequence = idSequence.values[row] as number;
  return Number.isNaN(sequence) ? idPrefix.dictionary.text(code) : `${idPrefix.dictionary.text(code)}${sequence}`;
}

/** The event of a row; inverse of `appendEvent`. */
export function readEvent(batch: ColumnBatch, row: number): FlatEvent {
  const event: Record<string, unknown> = {};
  for (const [name, { codes, dictionary }] of batch.texts) {
    const code = codes[row] as number;
    if (code !== 0) event[name] = dictionary.text(code);
  }
  for (const [name, { values }] of batch.numbers) {
    const value = values[row] as number;
    if (!Number.isNaN(value)) event[name] = value;
  }
  const id = recordId(batch, row);
  if (id !== undefined) event[RECORD_ID] = id;
  const source = batch.original.sources[row];
  if (source !== undefined) {
    const original = decoder.decode(source.subarray(batch.original.from[row], batch.original.to[row]));
    event['event.original'] = original;
    const offset = batch.messageAt[row] as number;
    if (offset >= 0) event.message = messageAt(original, offset);
  }
  if (batch.labels.present[row] === 1) event.labels = readLabels(batch, row);
  return event as FlatEvent;
}

function readLabels({ labels }: ColumnBatch, row: number): Record<string, string> {
  const entries: [string, string][] = [];
  for (let at = labels.starts[row] as number; at < (labels.starts[row + 1] as number); at++) {
    entries.push([
      labels.keyNames.text(labels.keys[at] as number),
      labels.valueTexts.text(labels.values[at] as number),
    ]);
  }
  // fromEntries defines properties: a label may be called __proto__
  return Object.fromEntries(entries);
}
