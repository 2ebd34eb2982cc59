import { EVENT_FIELDS, FIELD_NAMES, type FieldName } from '../fields.ts';
import { grown } from './byte-dictionary.ts';
import { FIRST_ROWS, LabelsColumn, NumberColumn, RawColumn, TextColumn } from './columns.ts';

type NamesOf<T extends string> = {
  [N in FieldName]: (typeof EVENT_FIELDS)[N]['type'] extends T ? N : never;
}[FieldName];
export type TextFieldName = Exclude<NamesOf<'keyword' | 'ip' | 'text'>, 'event.original' | 'logmaster.record.id'>;
export type NumberFieldName = NamesOf<'long' | 'date'>;

/** `logmaster.record.id` of a row is a prefix (`<node>.<worker>.<journal>.`) and the sequence. */
export const RECORD_ID = 'logmaster.record.id';

/**
 * Events as columns: what a parser fills and an index writes, without an object for a record or a string for a value.
 * Rows stand in the order in which they came. A row is begun by writing into its cells at index `rows` and ends with
 * `endRow`; until then `dropRow` takes it back.
 */
export class ColumnBatch {
  rows = 0;
  /** Bytes of raw text: what the batch holds in memory, nearly. */
  rawBytes = 0;
  /** Codes of another generation mean nothing. */
  generation = 0;
  #capacity = FIRST_ROWS;
  readonly #texts = new Map<TextFieldName, TextColumn>();
  readonly #numbers = new Map<NumberFieldName, NumberColumn>();
  readonly original = new RawColumn(FIRST_ROWS);
  /** Where `message` begins in `event.original`, in code points, when it is the end of it; −1 where it is not. */
  messageAt = new Int32Array(FIRST_ROWS).fill(-1);
  readonly labels = new LabelsColumn(FIRST_ROWS);
  /** With the sequence NaN the prefix is the whole id, or there is none where its code is 0. */
  readonly idPrefix = new TextColumn(FIRST_ROWS);
  readonly idSequence = new NumberColumn(FIRST_ROWS);

  /** Columns that hold anything, and some that hold nothing. */
  get texts(): ReadonlyMap<TextFieldName, TextColumn> {
    return this.#texts;
  }

  get numbers(): ReadonlyMap<NumberFieldName, NumberColumn> {
    return this.#numbers;
  }

  text(field: TextFieldName): TextColumn {
    let column = this.#texts.get(field);
    if (column === undefined) {
      column = new TextColumn(this.#capacity);
      this.#texts.set(field, column);
    }
    return column;
  }

  number(field: NumberFieldName): NumberColumn {
    let column = this.#numbers.get(field);
    if (column === undefined) {
      column = new NumberColumn(this.#capacity);
      this.#numbers.set(field, column);
    }
    return column;
  }

  /** The raw text of the row in the making: source[from, to), kept and not copied. */
  setOriginal(source: Uint8Array, from: number, to: number): void {
    const { original, rows } = this;
    original.sources[rows] = source;
    original.from[rows] = from;
    original.to[rows] = to;
  }

  endRow(): void {
    const { rows, original, labels } = this;
    this.rawBytes += (original.to[rows] as number) - (original.from[rows] as number);
    labels.starts[rows + 1] = labels.count;
    this.rows = rows + 1;
    if (this.rows === this.#capacity) this.#grow();
  }

  /**
   * Takes all rows away and keeps the memory for the next ones: a batch is some 100 arrays, and making them anew costs
   * as much as filling them. Codes are given anew, so `generation` grows.
   */
  clear(): void {
    const { rows, labels, original } = this;
    const end = Math.min(rows + 1, this.#capacity);
    for (const { codes, dictionary } of [...this.#texts.values(), this.idPrefix]) {
      codes.fill(0, 0, end);
      dictionary.clear();
    }
    for (const { values } of [...this.#numbers.values(), this.idSequence]) values.fill(Number.NaN, 0, end);
    original.sources.length = 0;
    original.from.fill(0, 0, end);
    original.to.fill(0, 0, end);
    this.messageAt.fill(-1, 0, end);
    labels.keyNames.clear();
    labels.valueTexts.clear();
    labels.starts.fill(0, 0, end);
    labels.present.fill(0, 0, end);
    labels.count = 0;
    this.rows = 0;
    this.rawBytes = 0;
    this.generation += 1;
  }

  dropRow(): void {
    const { rows, labels } = this;
    for (const { codes } of this.#texts.values()) codes[rows] = 0;
    for (const { values } of this.#numbers.values()) values[rows] = Number.NaN;
    this.original.sources[rows] = undefined;
    this.original.from[rows] = 0;
    this.original.to[rows] = 0;
    this.messageAt[rows] = -1;
    this.idPrefix.codes[rows] = 0;
    this.idSequence.values[rows] = Number.NaN;
    labels.count = labels.starts[rows] as number;
    labels.present[rows] = 0;
  }

  #grow(): void {
    const from = this.#capacity;
    const to = from * 2;
    this.#capacity = to;
    for (const column of [...this.#texts.values(), this.idPrefix]) column.codes = grown(column.codes, to);
    for (const column of [...this.#numbers.values(), this.idSequence]) {
      column.values = grown(column.values, to).fill(Number.NaN, from);
    }
    this.original.from = grown(this.original.from, to);
    this.original.to = grown(this.original.to, to);
    this.messageAt = grown(this.messageAt, to).fill(-1, from);
    this.labels.starts = grown(this.labels.starts, to + 1);
    this.labels.present = grown(this.labels.present, to);
  }
}

const TEXT_FIELDS: ReadonlySet<string> = new Set(
  FIELD_NAMES.filter((name) => {
    const { type } = EVENT_FIELDS[name];
    return type !== 'long' && type !== 'date' && name !== 'event.original' && name !== RECORD_ID;
  }),
);
const NUMBER_FIELDS: ReadonlySet<string> = new Set(
  FIELD_NAMES.filter((name) => EVENT_FIELDS[name].type === 'long' || EVENT_FIELDS[name].type === 'date'),
);

export function isTextField(name: string): name is TextFieldName {
  return TEXT_FIELDS.has(name);
}

export function isNumberField(name: string): name is NumberFieldName {
  return NUMBER_FIELDS.has(name);
}
