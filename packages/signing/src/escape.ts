import { AppError } from '@logmaster/core/errors';

/** Escaping of the raw bytes in a record line: LF, TAB, CR, NUL and backslash become two bytes, all others stay. */

const BACKSLASH = 0x5c;

/** Byte → the letter behind the backslash, 0 for bytes that stay. */
const ESCAPE = new Uint8Array(256);
/** Letter behind a backslash → byte + 1, 0 for letters that mean nothing. */
const UNESCAPE = new Uint16Array(256);
for (const [byte, letter] of [
  [0x0a, 'n'],
  [0x09, 't'],
  [0x0d, 'r'],
  [0x00, '0'],
  [BACKSLASH, '\\'],
] as const) {
  ESCAPE[byte] = letter.charCodeAt(0);
  UNESCAPE[letter.charCodeAt(0)] = byte + 1;
}

/**
 * Tells which of the stretches of one buffer, asked for in rising order, hold a byte to be escaped. Such bytes are rare:
 * the next one of each kind is looked for once, natively, for many stretches.
 */
export class EscapeScan {
  readonly #bytes: Buffer;
  readonly #next = new Map<number, number>();
  readonly #rare: readonly number[] = [0x0a, 0x09, 0x0d, BACKSLASH, 0x00];

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
    for (const byte of this.#rare) this.#next.set(byte, -1);
  }

  needed(from: number, to: number): boolean {
    for (const byte of this.#rare) {
      let next = this.#next.get(byte) as number;
      if (next < from) {
        const found = this.#bytes.indexOf(byte, from);
        next = found < 0 ? Number.MAX_SAFE_INTEGER : found;
        this.#next.set(byte, next);
      }
      if (next < to) return true;
    }
    return false;
  }
}

/** Bytes that `raw` takes once escaped. */
export function escapedLength(raw: Uint8Array): number {
  let length = raw.length;
  for (let i = 0; i < raw.length; i++) {
    if (ESCAPE[raw[i] as number] !== 0) length += 1;
  }
  return length;
}

/** Writes `raw` escaped into `target` from `at` on; `target` must have room for `escapedLength(raw)` bytes. */
export function escapeInto(raw: Uint8Array, target: Uint8Array, at: number): void {
  if (target.length - at === raw.length) {
    target.set(raw, at);
    return;
  }
  let out = at;
  for (let i = 0; i < raw.length; i++) {
    const byte = raw[i] as number;
    const letter = ESCAPE[byte] as number;
    if (letter === 0) {
      target[out++] = byte;
    } else {
      target[out++] = BACKSLASH;
      target[out++] = letter;
    }
  }
}

/** The raw bytes of an escaped text, as a copy. Throws INVALID_INPUT on anything that `escapeInto` never writes. */
export function unescapeBytes(text: Buffer): Buffer {
  const raw = Buffer.allocUnsafe(text.length);
  let out = 0;
  for (let i = 0; i < text.length; i++) {
    let byte = text[i] as number;
    if (byte === BACKSLASH) {
      i += 1;
      const meant = UNESCAPE[text[i] ?? 0] as number;
      if (meant === 0) throw new AppError('INVALID_INPUT', { detail: 'not a record line: an escape in it' });
      byte = meant - 1;
    } else if (ESCAPE[byte] !== 0) {
      throw new AppError('INVALID_INPUT', { detail: 'not a record line: a byte in it should be escaped' });
    }
    raw[out++] = byte;
  }
  return raw.subarray(0, out);
}
