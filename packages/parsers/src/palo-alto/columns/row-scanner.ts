import { ROWS_WASM } from '../../generated/rows-wasm.ts';
import { instantiate } from '../../web-assembly.ts';

/** What assembly/rows.ts exports. Places are bytes of its memory. */
interface Exports {
  readonly memory: { readonly buffer: ArrayBuffer };
  inputAt(): number;
  inputBytes(): number;
  tokensAt(): number;
  entriesAt(): number;
  memoryEnd(): number;
  columnCount(): number;
  setSeed(seed: number): void;
  /** −1: there is no room. */
  addLayout(columns: number): number;
  setKind(layout: number, column: number, kind: number): void;
  forgetAll(): void;
  finds(from: number, end: number, byte: number): number;
  holds(from: number, end: number, first: number, second: number): number;
  scan(layout: number, from: number, end: number): number;
}

/** What is told of a column's value when it changes; `number` and more are read as whole numbers. */
export const ColumnKind = { ignored: 0, coded: 1, bytes: 2, number: 3 } as const;
export type ColumnKind = (typeof ColumnKind)[keyof typeof ColumnKind];

/** Code of a value that has none yet; as assembly/values.ts. */
export const PENDING = -0x8000_0000;
const ENTRY_WORDS = 4;
const CODE = 3;

/** The WebAssembly that finds what changes from row to row, and its memory as arrays. It never grows. */
export class RowScanner {
  readonly calls = instantiate<Exports>(ROWS_WASM);
  /** Eight words a token: column, code, a number in `numbers` (two words), from, to, entry. */
  readonly tokens = new Int32Array(this.calls.memory.buffer, this.calls.tokensAt());
  readonly numbers = new Float64Array(this.calls.memory.buffer, this.calls.tokensAt());
  private readonly bytes = new Uint8Array(this.calls.memory.buffer);
  private readonly entries = new Int32Array(this.calls.memory.buffer, this.calls.entriesAt());
  private readonly inputAt = this.calls.inputAt();
  private readonly inputBytes = this.calls.inputBytes();
  private loaded: Uint8Array | undefined;

  constructor(layouts: readonly { readonly kinds: readonly ColumnKind[] }[]) {
    if (this.bytes.length < this.calls.memoryEnd()) throw new RangeError('the memory of the row scanner is too small');
    this.calls.setSeed(Math.random());
    for (const [index, { kinds }] of layouts.entries()) {
      if (this.calls.addLayout(kinds.length) !== index) throw new RangeError('too many layouts, or columns');
      for (const [column, kind] of kinds.entries()) this.calls.setKind(index, column, kind);
    }
  }

  /** Gives a value its code, which all later tokens with it carry. */
  give(entry: number, code: number): void {
    this.entries[entry * ENTRY_WORDS + CODE] = code;
  }

  /**
   * Takes bytes in, all of them where they fit: the records of a block come one after the other. Returns what makes a
   * place in them one in memory; undefined when the record is too long.
   */
  load(source: Uint8Array, from: number, end: number): number | undefined {
    if (this.loaded === source) return this.inputAt;
    if (source.length <= this.inputBytes) {
      this.bytes.set(source, this.inputAt);
      this.loaded = source;
      return this.inputAt;
    }
    if (end - from > this.inputBytes) return undefined;
    this.bytes.set(source.subarray(from, end), this.inputAt);
    this.loaded = undefined;
    return this.inputAt - from;
  }
}
