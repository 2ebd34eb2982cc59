import type { FlatEvent } from '@logmaster/core/event/event';
import { messageOffset } from '@logmaster/core/event/message-place';
import { COLUMNS, type Column, MESSAGE_AT_COLUMN } from './columns.ts';

/**
 * Most text columns of a batch hold few different values (vendor, action, interface, rule), and handing DuckDB a text
 * costs a native call. So a column travels as codes into a dictionary until it has more values than this.
 */
const MAX_DICTIONARY = 256;

export type Cell = string | number | null;

export interface BatchColumn {
  readonly column: Column;
  /** With a dictionary: 1-based codes into it, as SQL lists count. Else the values themselves. */
  readonly cells: readonly Cell[];
  readonly dictionary: readonly string[] | undefined;
}

function labelsJson(labels: Record<string, string>): string {
  return JSON.stringify(
    Object.entries(labels).map(([key, value]) => ({ key: key.toWellFormed(), value: value.toWellFormed() })),
  );
}

/** One column while the batch is gone through. */
class Filling {
  readonly column: Column;
  readonly cells: Cell[];
  private codes: Map<string, number> | undefined;

  constructor(column: Column, rows: number) {
    this.column = column;
    this.cells = new Array<Cell>(rows).fill(null);
    this.codes = column.sqlType === 'VARCHAR' ? new Map() : undefined;
  }

  put(row: number, value: string | number): void {
    if (this.codes === undefined || typeof value === 'number') {
      this.cells[row] = value;
      return;
    }
    let code = this.codes.get(value);
    if (code === undefined) {
      if (this.codes.size === MAX_DICTIONARY) {
        this.spellOut(row);
        this.cells[row] = value;
        return;
      }
      code = this.codes.size + 1;
      this.codes.set(value, code);
    }
    this.cells[row] = code;
  }

  done(): BatchColumn {
    return { column: this.column, cells: this.cells, dictionary: this.codes && [...this.codes.keys()] };
  }

  /** Too many different values: the codes of the rows before `end` become values again. */
  private spellOut(end: number): void {
    const values = [...(this.codes?.keys() ?? [])];
    this.codes = undefined;
    for (let row = 0; row < end; row++) {
      const code = this.cells[row];
      if (typeof code === 'number') this.cells[row] = values[code - 1] as string;
    }
  }
}

const BY_NAME: ReadonlyMap<string, Column> = new Map(COLUMNS.map((column) => [column.name, column]));

/**
 * Columns of one batch, those that are empty throughout left out. Goes over what each event has, not over the whole
 * table: an event fills a third of it. Labels travel as JSON.
 */
export function batchColumns(events: readonly FlatEvent[]): BatchColumn[] {
  const found = new Map<string, Filling>();
  const fillingOf = (name: string): Filling | undefined => {
    let filling = found.get(name);
    if (filling === undefined) {
      const column = BY_NAME.get(name);
      if (column === undefined) return undefined;
      filling = new Filling(column, events.length);
      found.set(name, filling);
    }
    return filling;
  };
  for (let row = 0; row < events.length; row++) {
    const event = events[row] as FlatEvent;
    const offset = messageOffset(event);
    if (offset !== undefined) fillingOf(MESSAGE_AT_COLUMN)?.put(row, offset);
    for (const name in event) {
      const value = event[name as keyof FlatEvent];
      if (value === undefined || value === null || (name === 'message' && offset !== undefined)) continue;
      fillingOf(name)?.put(row, typeof value === 'object' ? labelsJson(value) : value);
    }
  }
  return [...found.values()].map((filling) => filling.done());
}
