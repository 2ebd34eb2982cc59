import { ByteDictionary, grown } from './byte-dictionary.ts';

/** Rows that a new column has room for. */
export const FIRST_ROWS = 256;

/** keyword, ip and text fields: per row the code of a value, 0 for none. */
export class TextColumn {
  readonly dictionary = new ByteDictionary();
  codes: Int32Array;

  constructor(rows: number) {
    this.codes = new Int32Array(rows);
  }
}

/** long and date fields: safe integers, NaN for none. */
export class NumberColumn {
  values: Float64Array;

  constructor(rows: number) {
    this.values = new Float64Array(rows).fill(Number.NaN);
  }
}

/** Raw texts stay where they are: each row holds a view's place. Bytes are UTF-8. */
export class RawColumn {
  sources: (Uint8Array | undefined)[] = [];
  from: Uint32Array;
  to: Uint32Array;

  constructor(rows: number) {
    this.from = new Uint32Array(rows);
    this.to = new Uint32Array(rows);
  }
}

/** Vendor fields: the entries of row `n` are [starts[n], starts[n + 1]) of `keys` and `values`, codes both. */
export class LabelsColumn {
  readonly keyNames = new ByteDictionary();
  readonly valueTexts = new ByteDictionary();
  starts: Uint32Array;
  /** 1 where the row has labels, be it none of them. */
  present: Uint8Array;
  keys = new Int32Array(FIRST_ROWS * 8);
  values = new Int32Array(FIRST_ROWS * 8);
  /** Entries so far, those of the row in the making included. */
  count = 0;
  /** Code of a name, of those of the row in the making; nothing before its first entry. */
  #highest = 0;

  constructor(rows: number) {
    this.starts = new Uint32Array(rows + 1);
    this.present = new Uint8Array(rows);
  }

  /** Sets a label of the row in the making; the last one of a name wins, at the place of the first. */
  set(row: number, key: number, value: number): void {
    this.present[row] = 1;
    const start = this.starts[row] as number;
    // Labels come mostly in the order in which their names were seen first: then none of the row's is this one.
    if (this.count === start || key > this.#highest) this.#highest = key;
    else if (this.#replace(start, key, value)) return;
    if (this.count === this.keys.length) {
      this.keys = grown(this.keys, this.count * 2);
      this.values = grown(this.values, this.count * 2);
    }
    this.keys[this.count] = key;
    this.values[this.count] = value;
    this.count += 1;
  }

  /**
   * Sets the labels of the row in the making, which has none yet: all of keys[0, length) whose value is not 0. Names are
   * different ones.
   */
  addAll(row: number, keys: Int32Array, values: Int32Array, length: number): void {
    if (this.count + length > this.keys.length) {
      const capacity = Math.max(this.count * 2, this.count + length);
      this.keys = grown(this.keys, capacity);
      this.values = grown(this.values, capacity);
    }
    const { keys: ownKeys, values: ownValues } = this;
    let { count } = this;
    for (let at = 0; at < length; at++) {
      const value = values[at] as number;
      if (value === 0) continue;
      ownKeys[count] = keys[at] as number;
      ownValues[count] = value;
      count += 1;
    }
    if (count === this.count) return;
    this.present[row] = 1;
    this.count = count;
    // Whatever is set now may be one of them.
    this.#highest = Number.MAX_SAFE_INTEGER;
  }

  #replace(start: number, key: number, value: number): boolean {
    for (let at = start; at < this.count; at++) {
      if (this.keys[at] !== key) continue;
      this.values[at] = value;
      return true;
    }
    return false;
  }
}
