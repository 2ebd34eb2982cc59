/** Steps of a look-up, after which a value gets a new number. */
const PROBES = 48;
const FIRST_VALUES = 16;
const FIRST_BYTES = 256;
/** Longest text that is encoded by hand when it is ASCII. */
const SHORT_TEXT = 64;

const encoder = new TextEncoder();
// A byte order mark is part of the text like any other character.
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
const scratch = { bytes: new Uint8Array(1024) };
/** Differs between processes, so that collisions can't be prepared. */
const SEED = (Math.random() * 0x7fff_ffff) | 0;

/** The bytes looked at last, four at a time: values of one block come one after the other. */
const looked: { bytes: Uint8Array; view: DataView } = { bytes: scratch.bytes, view: viewOf(scratch.bytes) };

function viewOf({ buffer, byteOffset, byteLength }: Uint8Array): DataView {
  return new DataView(buffer, byteOffset, byteLength);
}

function hashBytes(source: Uint8Array, view: DataView, from: number, to: number): number {
  let hash = SEED ^ (to - from);
  let at = from;
  for (; at + 4 <= to; at += 4) {
    hash = Math.imul(hash ^ view.getInt32(at, true), 0x9e37_79b1);
    hash ^= hash >>> 15;
  }
  let rest = 0;
  for (; at < to; at++) rest = (rest << 8) | (source[at] as number);
  hash = Math.imul(hash ^ rest, 0x85eb_ca6b);
  return hash ^ (hash >>> 13);
}

/**
 * Distinct byte strings of one column, numbered from 1 in the order in which they came; 0 stands for no value. Values
 * are compared as bytes: no string is made for a value that is known.
 *
 * Bound: log text is hostile, and someone may send values whose hashes collide. A value that is not found within PROBES
 * steps gets a new number although it may have one, so a look-up stays constant and numbers stay right.
 */
export class ByteDictionary {
  size = 0;
  /** All values, one behind the other; value `code` stands at [offsets[code - 1], offsets[code]). */
  bytes = new Uint8Array(FIRST_BYTES);
  offsets = new Uint32Array(FIRST_VALUES + 1);
  #hashes = new Int32Array(FIRST_VALUES + 1);
  #table = new Int32Array(FIRST_VALUES * 4);
  #last = 0;

  /** The code of source[from, to), a new one if need be. */
  code(source: Uint8Array, from: number, to: number): number {
    const last = this.#last;
    // Most columns repeat the value of the record before.
    if (last !== 0 && this.holds(last, source, from, to)) return last;
    if (looked.bytes !== source) {
      looked.bytes = source;
      looked.view = viewOf(source);
    }
    const hash = hashBytes(source, looked.view, from, to);
    const table = this.#table;
    const mask = table.length - 1;
    let at = hash & mask;
    for (let probe = 0; probe < PROBES; probe++) {
      const code = table[at] as number;
      if (code === 0) {
        const added = this.#add(source, from, to, hash);
        this.#last = added;
        if (table === this.#table) table[at] = added;
        return added;
      }
      if (this.#hashes[code] === hash && this.holds(code, source, from, to)) {
        this.#last = code;
        return code;
      }
      at = (at + 1) & mask;
    }
    return this.#add(source, from, to, hash);
  }

  codeOfText(text: string): number {
    const length = text.length;
    if (length <= SHORT_TEXT) {
      const { bytes } = scratch;
      let at = 0;
      for (; at < length; at++) {
        const unit = text.charCodeAt(at);
        if (unit > 0x7f) break;
        bytes[at] = unit;
      }
      if (at === length) return this.code(bytes, 0, length);
    }
    if (scratch.bytes.length < length * 3) scratch.bytes = new Uint8Array(length * 3);
    return this.code(scratch.bytes, 0, encoder.encodeInto(text, scratch.bytes).written);
  }

  text(code: number): string {
    return decoder.decode(this.bytes.subarray(this.offsets[code - 1] as number, this.offsets[code] as number));
  }

  /** Is source[from, to) the value of this code? */
  holds(code: number, source: Uint8Array, from: number, to: number): boolean {
    const start = this.offsets[code - 1] as number;
    if ((this.offsets[code] as number) - start !== to - from) return false;
    const { bytes } = this;
    for (let at = from, own = start; at < to; at++, own++) if (bytes[own] !== source[at]) return false;
    return true;
  }

  /** Forgets all values and keeps the memory. */
  clear(): void {
    this.#table.fill(0);
    this.size = 0;
    this.#last = 0;
  }

  #add(source: Uint8Array, from: number, to: number, hash: number): number {
    const start = this.offsets[this.size] as number;
    const end = start + to - from;
    if (end > this.bytes.length) this.bytes = grown(this.bytes, Math.max(end, this.bytes.length * 2));
    if (this.size + 1 === this.offsets.length) {
      this.offsets = grown(this.offsets, this.offsets.length * 2);
      this.#hashes = grown(this.#hashes, this.#hashes.length * 2);
    }
    if (to - from < 64) for (let at = from, own = start; at < to; at++, own++) this.bytes[own] = source[at] as number;
    else this.bytes.set(source.subarray(from, to), start);
    this.size += 1;
    this.offsets[this.size] = end;
    this.#hashes[this.size] = hash;
    if (this.size * 2 > this.#table.length) this.#rehash();
    return this.size;
  }

  #rehash(): void {
    const table = new Int32Array(this.#table.length * 4);
    const mask = table.length - 1;
    for (let code = 1; code <= this.size; code++) {
      let at = (this.#hashes[code] as number) & mask;
      for (let probe = 0; probe < PROBES && table[at] !== 0; probe++) at = (at + 1) & mask;
      if (table[at] === 0) table[at] = code;
    }
    this.#table = table;
  }
}

/** A longer copy. */
export function grown<T extends Uint8Array | Uint32Array | Int32Array | Float64Array>(array: T, length: number): T {
  const longer = new (array.constructor as new (length: number) => T)(length);
  longer.set(array);
  return longer;
}
