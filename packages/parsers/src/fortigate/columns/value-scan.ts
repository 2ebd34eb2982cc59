import { BACKSLASH, isEscaped, isSeparator, QUOTE, SPACE } from '../../columns/pairs.ts';

const HIGH_BITS = 0x8080_8080 | 0;
const QUOTES = 0x2222_2222;
const BACKSLASHES = 0x5c5c_5c5c;

/** Where a value ends, and what was seen on the way there. */
export class ValueScan {
  /** All bytes of the value, or-ed: `hasHighBit` tells of bytes beyond ASCII. */
  bits = 0;
  /** There is a backslash in it. */
  escaped = false;

  /** Position of the quote that ends the value which begins at `from`; −1 when there is none. */
  quoted(bytes: Uint8Array, view: DataView, from: number, end: number): number {
    let bits = 0;
    let escaped = false;
    let at = from;
    for (; at + 4 <= end; at += 4) {
      const word = view.getInt32(at, true);
      if (holdsByte(word, QUOTES)) break;
      bits |= word;
      if (holdsByte(word, BACKSLASHES)) escaped = true;
    }
    for (; at < end; at++) {
      const byte = bytes[at] as number;
      bits |= byte;
      if (byte === BACKSLASH) escaped = true;
      else if (byte === QUOTE) {
        const closes = at + 1 === end || isSeparator(bytes[at + 1] as number);
        if (closes && !(escaped && isEscaped(bytes, at, from))) break;
      }
    }
    this.bits = bits;
    this.escaped = escaped;
    return at < end ? at : -1;
  }

  /** Position of the space that ends the value which begins at `from`, or `end`. */
  bare(bytes: Uint8Array, from: number, end: number): number {
    let bits = 0;
    let at = from;
    for (; at < end; at++) {
      const byte = bytes[at] as number;
      if (byte === SPACE) break;
      bits |= byte;
    }
    this.bits = bits;
    this.escaped = false;
    return at;
  }
}

/** Is there a byte beyond ASCII among those that were or-ed? */
export function hasHighBit(bits: number): boolean {
  return (bits & HIGH_BITS) !== 0;
}

/** Does one of the word's four bytes equal the one of which `pattern` is made? */
function holdsByte(word: number, pattern: number): boolean {
  const rest = word ^ pattern;
  return ((rest - 0x0101_0101) & ~rest & HIGH_BITS) !== 0;
}
