/**
 * Data section of a MaxMind DB file (MaxMind DB File Format Specification 2.0, "Output Data Section"): fields of a
 * control byte, a size and a payload. Files come from others, so every place is checked against the section's end.
 */

/** The file is not what it should be. */
export class MmdbError extends Error {}

/** Records of real databases are four or five deep. */
const MAX_DEPTH = 32;
/** Fields read for one record; a damaged file could refer to itself in wide maps. */
const MAX_FIELDS = 4096;

const POINTER = 1;
const TEXT = 2;
const DOUBLE = 3;
const BYTES = 4;
const UINT16 = 5;
const UINT32 = 6;
const MAP = 7;
const INT32 = 8;
const UINT64 = 9;
const UINT128 = 10;
const LIST = 11;
const BOOLEAN = 14;
const FLOAT = 15;

export type MmdbValue =
  | string
  | number
  | bigint
  | boolean
  | Uint8Array
  | readonly MmdbValue[]
  | { readonly [key: string]: MmdbValue };

const decoder = new TextDecoder();

export class DataSection {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  #at = 0;
  #fields = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** The value at a place, counted from the start of the section. Throws MmdbError. */
  read(at: number): MmdbValue {
    if (!(at >= 0)) throw new MmdbError('a record begins before the data');
    this.#at = at;
    this.#fields = 0;
    return this.#value(0, true);
  }

  #value(depth: number, mayPoint: boolean): MmdbValue {
    if (depth > MAX_DEPTH || ++this.#fields > MAX_FIELDS) throw new MmdbError('a record refers to itself');
    const control = this.#byte();
    let type = control >> 5;
    if (type === POINTER) {
      // A pointer to a pointer is not allowed.
      if (!mayPoint) throw new MmdbError('a pointer leads to a pointer');
      const target = this.#pointer(control);
      const back = this.#at;
      this.#at = target;
      const value = this.#value(depth + 1, false);
      this.#at = back;
      return value;
    }
    if (type === 0) type = this.#byte() + 7;
    const size = this.#size(control & 31);
    if (type === MAP) return this.#map(size, depth);
    if (type === LIST) return Array.from({ length: this.#bounded(size) }, () => this.#value(depth + 1, true));
    if (type === BOOLEAN) return size !== 0;
    return this.#scalar(type, size);
  }

  #map(size: number, depth: number): MmdbValue {
    const entries: [string, MmdbValue][] = [];
    for (let left = this.#bounded(size); left > 0; left--) {
      const key = this.#value(depth + 1, true);
      if (typeof key !== 'string') throw new MmdbError('a key is no text');
      entries.push([key, this.#value(depth + 1, true)]);
    }
    // fromEntries defines properties: a key may be called __proto__
    return Object.fromEntries(entries);
  }

  #scalar(type: number, size: number): MmdbValue {
    const from = this.#take(size);
    if (type === TEXT) return decoder.decode(this.#bytes.subarray(from, from + size));
    if (type === BYTES) return this.#bytes.slice(from, from + size);
    if (type === DOUBLE && size === 8) return this.#view.getFloat64(from);
    if (type === FLOAT && size === 4) return this.#view.getFloat32(from);
    const most = { [UINT16]: 2, [UINT32]: 4, [INT32]: 4, [UINT64]: 8, [UINT128]: 16 }[type];
    if (most === undefined || size > most) throw new MmdbError(`there is no type ${type} of ${size} bytes`);
    let value = 0n;
    for (let at = from; at < from + size; at++) value = (value << 8n) | BigInt(this.#bytes[at] as number);
    if (type === INT32) return Number(BigInt.asIntN(32, value));
    return most <= 4 ? Number(value) : value;
  }

  /** Sizes from 29 on are in the bytes that follow. */
  #size(short: number): number {
    if (short < 29) return short;
    if (short === 29) return 29 + this.#byte();
    if (short === 30) return 285 + this.#number(2);
    return 65_821 + this.#number(3);
  }

  #pointer(control: number): number {
    const length = (control >> 3) & 3;
    const high = control & 7;
    if (length === 0) return high * 0x100 + this.#byte();
    if (length === 1) return high * 0x1_0000 + this.#number(2) + 2048;
    if (length === 2) return high * 0x100_0000 + this.#number(3) + 526_336;
    return this.#number(4);
  }

  #number(bytes: number): number {
    let value = 0;
    for (let left = bytes; left > 0; left--) value = value * 256 + this.#byte();
    return value;
  }

  /** Each entry takes at least a byte. */
  #bounded(entries: number): number {
    if (entries > this.#bytes.length - this.#at) throw new MmdbError('a list is longer than the file');
    return entries;
  }

  #byte(): number {
    return this.#bytes[this.#take(1)] as number;
  }

  #take(bytes: number): number {
    const from = this.#at;
    if (from + bytes > this.#bytes.length) throw new MmdbError('the file ends within a record');
    this.#at = from + bytes;
    return from;
  }
}
