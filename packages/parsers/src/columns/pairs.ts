/** Bytes of a `key=value` text. The meaning is that of key-value/pairs.ts. */

export const SPACE = 0x20;
export const QUOTE = 0x22;
export const EQUALS = 0x3d;
export const BACKSLASH = 0x5c;

/** Writes bytes[from, to) with `\"` and `\\` resolved into `target`; returns how many. */
export function unescapeInto(bytes: Uint8Array, from: number, to: number, target: Uint8Array): number {
  let out = 0;
  for (let at = from; at < to; at++) {
    let byte = bytes[at] as number;
    if (byte === BACKSLASH && at + 1 < to && (bytes[at + 1] === QUOTE || bytes[at + 1] === BACKSLASH)) {
      at += 1;
      byte = bytes[at] as number;
    }
    target[out++] = byte;
  }
  return out;
}

/** Empty, `-`, `N/A` and `n/a` say that there is no value; the same rule as `isPresent` of event/draft.ts. */
export function isAbsent(bytes: Uint8Array, from: number, to: number): boolean {
  const length = to - from;
  if (length > 3) return false;
  if (length === 0) return true;
  if (length === 1) return bytes[from] === 0x2d;
  if (length !== 3 || bytes[from + 1] !== 0x2f) return false;
  const [first, last] = [bytes[from], bytes[from + 2]];
  return (first === 0x4e && last === 0x41) || (first === 0x6e && last === 0x61);
}

/** A dotted quad without leading zeros, as values/ip.ts takes it. */
export function isQuad(bytes: Uint8Array, from: number, to: number): boolean {
  if (to - from < 7 || to - from > 15) return false;
  let dots = 0;
  let value = 0;
  let digits = 0;
  for (let at = from; at < to; at++) {
    const byte = bytes[at] as number;
    if (byte === 0x2e) {
      if (digits === 0 || ++dots > 3) return false;
      value = 0;
      digits = 0;
    } else if (byte >= 0x30 && byte <= 0x39) {
      if (digits > 0 && value === 0) return false;
      value = value * 10 + byte - 0x30;
      digits++;
      if (value > 255) return false;
    } else return false;
  }
  return dots === 3 && digits > 0;
}
