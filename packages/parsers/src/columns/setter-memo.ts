import { ByteDictionary } from '@logmaster/core/event/columns/byte-dictionary';
import { type ColumnBatch, isNumberField, isTextField } from '@logmaster/core/event/columns/column-batch';
import type { NumberColumn, TextColumn } from '@logmaster/core/event/columns/columns';
import type { EventDraft } from '../event/draft.ts';
import { AsksMore, GatheringDraft, type Given } from './gathering-draft.ts';

/** Cells that a piece of a parser writes into a row. */
export interface CellWrites {
  readonly texts: readonly { readonly column: TextColumn; readonly code: number }[];
  readonly numbers: readonly { readonly column: NumberColumn; readonly value: number }[];
  readonly labels: readonly { readonly key: number; readonly value: number }[];
}

/**
 * Runs a piece of an event parser on an empty draft and gives what it wrote, as cells of `batch`. Undefined when the
 * piece notes an error, or reads a field of the event that is not in `given`: the record then has to go
 * the long way, as an event. So each value's meaning stands in one place, and is asked for once a batch.
 * @param asked gets the fields of `given` that were read
 */
export function cellsOf(
  batch: ColumnBatch,
  given: Given,
  piece: (draft: EventDraft) => void,
  asked?: Set<string>,
): CellWrites | undefined {
  const draft = new GatheringDraft(given, asked);
  try {
    piece(draft);
  } catch (error) {
    if (error instanceof AsksMore) return undefined;
    throw error;
  }
  if (draft.errors.length > 0) return undefined;
  const { fieldNames, fieldValues, labelNames, labelValues } = draft;
  const texts: { column: TextColumn; code: number }[] = [];
  const numbers: { column: NumberColumn; value: number }[] = [];
  for (const [index, name] of fieldNames.entries()) {
    const value = fieldValues[index];
    if (typeof value === 'string' && isTextField(name)) {
      const column = batch.text(name);
      texts.push({ column, code: column.dictionary.codeOfText(value) });
    } else if (typeof value === 'number' && isNumberField(name)) numbers.push({ column: batch.number(name), value });
    else return undefined;
  }
  const { keyNames, valueTexts } = batch.labels;
  const labels = labelNames.map((name, index) => ({
    key: keyNames.codeOfText(name),
    value: valueTexts.codeOfText(labelValues[index] as string),
  }));
  return { texts, numbers, labels };
}

/** Without labels, of which a record may have no more than a certain number. */
export function withoutLabels(cells: CellWrites | undefined): CellWrites | undefined {
  return cells !== undefined && cells.labels.length > 0 ? undefined : cells;
}

/** Texts and numbers. */
export function writeCells(cells: CellWrites, row: number): void {
  const { texts, numbers } = cells;
  for (let at = 0; at < texts.length; at++) {
    const { column, code } = texts[at] as CellWrites['texts'][number];
    column.codes[row] = code;
  }
  for (let at = 0; at < numbers.length; at++) {
    const { column, value } = numbers[at] as CellWrites['numbers'][number];
    column.values[row] = value;
  }
}

export function writeLabels({ labels: column }: ColumnBatch, { labels }: CellWrites, row: number): void {
  for (let at = 0; at < labels.length; at++) {
    const { key, value } = labels[at] as CellWrites['labels'][number];
    column.set(row, key, value);
  }
}

/** What a setter makes of each different value, for one batch. */
export class SetterMemo {
  private readonly batch: ColumnBatch;
  private readonly set: (draft: EventDraft, value: string) => void;
  private readonly values = new ByteDictionary();
  private readonly cells: (CellWrites | undefined)[] = [];

  constructor(batch: ColumnBatch, set: (draft: EventDraft, value: string) => void) {
    this.batch = batch;
    this.set = set;
  }

  /** Undefined: the long way. */
  cellsFor(bytes: Uint8Array, from: number, to: number): CellWrites | undefined {
    const code = this.values.code(bytes, from, to);
    if (code in this.cells) return this.cells[code];
    const value = this.values.text(code);
    const cells = cellsOf(this.batch, {}, (draft) => this.set(draft, value));
    this.cells[code] = cells;
    return cells;
  }
}
