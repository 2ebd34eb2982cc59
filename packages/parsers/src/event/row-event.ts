import {
  type ColumnBatch,
  isTextField,
  type NumberFieldName,
  type TextFieldName,
} from '@logmaster/core/event/columns/column-batch';
import type { NumberColumn, TextColumn } from '@logmaster/core/event/columns/columns';
import { FIELD_NAMES, type FieldName } from '@logmaster/core/event/fields';
import { messageOffset } from '@logmaster/core/event/message-place';

/** A field's place in the table. */
const INDEXES: ReadonlyMap<string, number> = new Map(FIELD_NAMES.map((name, index) => [name, index]));
const MESSAGE = INDEXES.get('message') as number;
const WORD_CHARACTER = /[A-Za-z0-9]/;

/** The text of one record. */
export interface RowText {
  readonly original: string;
  readonly isAscii: boolean;
  readonly messageFrom: number;
  /** Without line ends. */
  readonly messageTo: number;
}

const NO_TEXT: RowText = { original: '', isAscii: true, messageFrom: 0, messageTo: 0 };

/**
 * The row in the making of a batch, which to a parser looks like an event: what it sets goes into the row's cells, and what
 * it reads comes from there. One for a batch, until it is cleared; `begin` takes the next row. The raw text is set by the caller.
 */
export class RowEvent {
  readonly #batch: ColumnBatch;
  #row = 0;
  /** By the field's place in the table; made when a field is set for the first time. */
  readonly #texts: (TextColumn | undefined)[] = FIELD_NAMES.map(() => undefined);
  readonly #numbers: (NumberColumn | undefined)[] = FIELD_NAMES.map(() => undefined);
  /** The text that was set last in each field, and its code: most fields repeat. */
  readonly #lastTexts: (string | undefined)[] = FIELD_NAMES.map(() => undefined);
  readonly #lastCodes = new Int32Array(FIELD_NAMES.length);
  #text = NO_TEXT;
  /** Where a parser has given the record another message. */
  #message: string | undefined;

  constructor(batch: ColumnBatch) {
    this.#batch = batch;
  }

  begin(text: RowText): void {
    this.#row = this.#batch.rows;
    this.#text = text;
    this.#message = undefined;
  }

  /** Writes the message, which may have changed until now. */
  finish(): void {
    const { original, isAscii, messageFrom, messageTo } = this.#text;
    const { messageAt } = this.#batch;
    const isEnd = this.#message === undefined && messageTo === original.length;
    if (isEnd && isAscii && !(messageFrom > 0 && WORD_CHARACTER.test(original[messageFrom - 1] as string))) {
      messageAt[this.#row] = messageFrom;
      return;
    }
    const message = this.#messageText();
    const offset = messageOffset({ message, 'event.original': original });
    if (offset === undefined) this.#setText(MESSAGE, message);
    else messageAt[this.#row] = offset;
  }

  put(field: FieldName, value: string | number): void {
    const index = INDEXES.get(field) as number;
    if (typeof value === 'number') this.#setNumber(index, value);
    else if (index === MESSAGE) this.#message = value;
    else this.#setText(index, value);
  }

  has(field: FieldName): boolean {
    const index = INDEXES.get(field) as number;
    return this.#codeOf(index) !== 0 || this.#numberOf(index) !== undefined;
  }

  drop(field: FieldName): void {
    const index = INDEXES.get(field) as number;
    const [text, number] = [this.#othersText(index), this.#othersNumber(index)];
    if (text) text.codes[this.#row] = 0;
    if (number) number.values[this.#row] = Number.NaN;
  }

  putLabel(name: string, value: string): void {
    const { labels } = this.#batch;
    labels.set(this.#row, labels.keyNames.codeOfText(name), labels.valueTexts.codeOfText(value));
  }

  get labels(): Record<string, string> | undefined {
    const { labels } = this.#batch;
    if (labels.present[this.#row] !== 1) return undefined;
    const entries: [string, string][] = [];
    for (let at = labels.starts[this.#row] as number; at < labels.count; at++) {
      const [key, value] = [labels.keys[at] as number, labels.values[at] as number];
      entries.push([labels.keyNames.text(key), labels.valueTexts.text(value)]);
    }
    // fromEntries defines properties: a label may be called __proto__
    return Object.fromEntries(entries);
  }

  set labels(entries: Record<string, string> | undefined) {
    const { labels } = this.#batch;
    labels.count = labels.starts[this.#row] as number;
    labels.present[this.#row] = entries === undefined ? 0 : 1;
    for (const [name, value] of Object.entries(entries ?? {})) this.putLabel(name, value);
  }

  #messageText(): string {
    const { original, messageFrom, messageTo } = this.#text;
    return this.#message ?? original.slice(messageFrom, messageTo);
  }

  #setText(index: number, value: string): void {
    const column = this.#texts[index] ?? this.#textColumn(index);
    if (value !== this.#lastTexts[index]) {
      this.#lastTexts[index] = value;
      this.#lastCodes[index] = column.dictionary.codeOfText(value);
    }
    column.codes[this.#row] = this.#lastCodes[index] as number;
  }

  #codeOf(index: number): number {
    return (this.#texts[index] ?? this.#othersText(index))?.codes[this.#row] ?? 0;
  }

  #textOf(index: number): string | undefined {
    const code = this.#codeOf(index);
    if (code === 0) return undefined;
    const last = this.#lastTexts[index];
    if (last !== undefined && code === this.#lastCodes[index]) return last;
    return this.#texts[index]?.dictionary.text(code);
  }

  #setNumber(index: number, value: number): void {
    const column = this.#numbers[index] ?? this.#numberColumn(index);
    column.values[this.#row] = value;
  }

  #numberOf(index: number): number | undefined {
    const value = (this.#numbers[index] ?? this.#othersNumber(index))?.values[this.#row];
    return value === undefined || Number.isNaN(value) ? undefined : value;
  }

  /** The row may have been begun by a reader of columns. */
  #othersText(index: number): TextColumn | undefined {
    this.#texts[index] ??= this.#batch.texts.get(FIELD_NAMES[index] as TextFieldName);
    return this.#texts[index];
  }

  #othersNumber(index: number): NumberColumn | undefined {
    this.#numbers[index] ??= this.#batch.numbers.get(FIELD_NAMES[index] as NumberFieldName);
    return this.#numbers[index];
  }

  #textColumn(index: number): TextColumn {
    const column = this.#batch.text(FIELD_NAMES[index] as TextFieldName);
    this.#texts[index] = column;
    return column;
  }

  #numberColumn(index: number): NumberColumn {
    const column = this.#batch.number(FIELD_NAMES[index] as NumberFieldName);
    this.#numbers[index] = column;
    return column;
  }

  // Each field is a property, as in an event.
  static {
    const properties: Record<string, PropertyDescriptor & ThisType<RowEvent>> = {};
    for (const [index, name] of FIELD_NAMES.entries()) {
      properties[name] = isTextField(name)
        ? {
            get() {
              return this.#textOf(index);
            },
            set(value: string) {
              this.#setText(index, value);
            },
          }
        : {
            get() {
              return this.#numberOf(index);
            },
            set(value: number) {
              this.#setNumber(index, value);
            },
          };
    }
    properties.message = {
      get() {
        return this.#messageText();
      },
      set(value: string) {
        this.#message = value;
      },
    };
    properties['event.original'] = {
      get() {
        return this.#text.original;
      },
    };
    Object.defineProperties(RowEvent.prototype, properties);
  }
}
