import type { ColumnBatch } from '@logmaster/core/event/columns/column-batch';
import type { FlatEvent } from '@logmaster/core/event/event';
import { AsksMore } from '../../columns/gathering-draft.ts';
import { type CellWrites, cellsOf } from '../../columns/setter-memo.ts';
import { EventDraft } from '../../event/draft.ts';
import type { RowPart } from '../classify.ts';
import type { RowView } from '../row.ts';
import type { RowLayout } from './layouts.ts';
import type { RowWords } from './row-words.ts';

/** Largest whole number that a key can be, in bits. */
const KEY_BITS = 52;

/** The row's words have not been seen before: URLs mostly come once, and what comes once is not worth remembering. */
export const UNSEEN = Symbol('unseen');

/** What one part of a type's reader makes of each combination of its columns' values, for one batch. */
export class PartMemo {
  /** Columns of the layout. */
  readonly columns: readonly number[];
  private readonly batch: ColumnBatch;
  private readonly layout: RowLayout;
  private readonly part: RowPart;
  private readonly words: RowWords;
  private readonly view: RowView;
  private readonly base: number;
  private readonly known = new Map<number | string, CellWrites | undefined | typeof UNSEEN>();

  constructor(batch: ColumnBatch, layout: RowLayout, part: RowPart, words: RowWords) {
    this.batch = batch;
    this.layout = layout;
    this.part = part;
    this.words = words;
    this.columns = part.columns.map((name) => layout.names.indexOf(name)).filter((column) => column >= 0);
    this.base = 2 ** Math.floor(KEY_BITS / Math.max(1, this.columns.length));
    const value = (name: string) => this.value(name);
    this.view = {
      type: layout.type,
      get subtype() {
        return value('subtype');
      },
      value,
    };
  }

  /** For the row's words. Undefined: the long way; UNSEEN: by `writeTo`, this time. */
  cells(): CellWrites | undefined | typeof UNSEEN {
    const key = this.key();
    const known = this.known.get(key);
    if (known === UNSEEN) {
      const cells = this.read();
      this.known.set(key, cells);
      return cells;
    }
    if (known !== undefined || this.known.has(key)) return known;
    this.known.set(key, UNSEEN);
    return UNSEEN;
  }

  /** Reads the row's words into a draft that has all fields of the row's columns. False: the long way. */
  writeTo(draft: EventDraft): boolean {
    try {
      this.part.read(this.view, draft);
    } catch (error) {
      if (error instanceof AsksMore) return false;
      throw error;
    }
    return draft.errors.length === 0;
  }

  private key(): number | string {
    const { columns, words, base } = this;
    let key = 0;
    for (let index = 0; index < columns.length; index++) {
      const code = words.codes[columns[index] as number] as number;
      if (code >= base) return columns.map((column) => words.codes[column]).join();
      key = key * base + code;
    }
    return key;
  }

  private read(): CellWrites | undefined {
    const { layout, part, words } = this;
    const event: FlatEvent = {};
    const draft = new EventDraft(event);
    for (const column of this.columns) layout.setters[column]?.(draft, words.text(column));
    const given = Object.fromEntries(part.fields.map((field) => [field, event[field] as string | undefined]));
    return cellsOf(this.batch, given, (written) => part.read(this.view, written));
  }

  private value(name: string): string {
    const column = this.layout.names.indexOf(name);
    if (column < 0) return '';
    // What a part looks at without saying so may differ from row to row.
    if (!this.columns.includes(column)) throw new AsksMore();
    return this.words.text(column);
  }
}
