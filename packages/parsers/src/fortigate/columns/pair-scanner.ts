import { PAIRS_WASM } from '../../generated/pairs-wasm.ts';
import { instantiate } from '../../web-assembly.ts';

/** What assembly/pairs.ts exports. Places are bytes of its memory. */
interface Exports {
  readonly memory: { readonly buffer: ArrayBuffer };
  inputAt(): number;
  inputBytes(): number;
  tokensAt(): number;
  missesAt(): number;
  entriesAt(): number;
  slotsAt(): number;
  memoryEnd(): number;
  missCount(): number;
  marksSeen(): number;
  sawHighBit(): number;
  newKeyFrom(): number;
  newKeyTo(): number;
  setSeed(seed: number): void;
  /** −1: there is no room. */
  addSlot(keyAt: number, keyLength: number, kind: number, mark: number, unkept: number): number;
  forgetCodes(): void;
  forgetAll(): void;
  scan(from: number, end: number): number;
}

export const NEW_KEY = -2;

// As assembly/slots.ts, in words.
const SLOT_WORDS = 32;
const SLOT_ENTRY = 8;
const SLOT_CODE = 13;

/** The WebAssembly that finds pairs, and its memory as arrays. It never grows. */
export class PairScanner {
  readonly calls = instantiate<Exports>(PAIRS_WASM);
  readonly bytes = new Uint8Array(this.calls.memory.buffer);
  /** Four words a token: slot, code, and a number in `numbers`. */
  readonly tokens = new Int32Array(this.calls.memory.buffer, this.calls.tokensAt());
  readonly numbers = new Float64Array(this.calls.memory.buffer, this.calls.tokensAt());
  /** Values that have no code yet; eight words each: slot, from, to, entry, token. */
  readonly misses = new Int32Array(this.calls.memory.buffer, this.calls.missesAt());
  private readonly entries = new Int32Array(this.calls.memory.buffer, this.calls.entriesAt());
  private readonly slots = new Int32Array(this.calls.memory.buffer, this.calls.slotsAt());
  private readonly inputAt = this.calls.inputAt();
  private readonly inputBytes = this.calls.inputBytes();
  private loaded: Uint8Array | undefined;

  constructor() {
    if (this.bytes.length < this.calls.memoryEnd()) throw new RangeError('the memory of the pair scanner is too small');
    this.calls.setSeed(Math.random());
  }

  /** Gives the value of a miss its code: for this record's token, for its slot's next repetition, and for later. */
  give(miss: number, code: number): void {
    const { misses, entries, slots, tokens } = this;
    const entry = misses[miss * 8 + 3] as number;
    const slotAt = (misses[miss * 8] as number) * SLOT_WORDS;
    entries[entry * 4 + 3] = code;
    tokens[(misses[miss * 8 + 4] as number) * 4 + 1] = code;
    // Unless a second value of the same key has come since.
    if (slots[slotAt + SLOT_ENTRY] === entry) slots[slotAt + SLOT_CODE] = code;
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
