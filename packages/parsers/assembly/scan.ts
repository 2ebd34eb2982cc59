// Where values end. The meaning is that of src/columns/pairs.ts.

const SPACE: i32 = 0x20;
const QUOTE: i32 = 0x22;
const BACKSLASH: i32 = 0x5c;

/** Of the value that was scanned last: a byte beyond ASCII is in it; a backslash is in it. */
export let high: u32 = 0;
export let escaped: bool = false;

// @ts-ignore: decorator
@inline
export function isSeparator(byte: i32): bool {
  return byte == SPACE || byte == 0x2c || byte == 0x3b;
}

/** Place of the quote that ends the value which begins at `from`; 0 when there is none. */
export function quotedEnd(from: usize, end: usize): usize {
  const quotes = i8x16.splat(<i8>QUOTE);
  const backslashes = i8x16.splat(<i8>BACKSLASH);
  let highs: i32 = 0;
  let escapes: i32 = 0;
  let at = from;
  while (at < end) {
    const bytes = v128.load(at);
    const left = end - at;
    const valid: i32 = left >= 16 ? 0xffff : (1 << <i32>left) - 1;
    const ends = i8x16.bitmask(i8x16.eq(bytes, quotes)) & valid;
    const before: i32 = ends == 0 ? valid : (1 << ctz(ends)) - 1;
    highs |= i8x16.bitmask(bytes) & before;
    escapes |= i8x16.bitmask(i8x16.eq(bytes, backslashes)) & before;
    if (ends == 0) {
      at += 16;
      continue;
    }
    at += <usize>ctz(ends);
    const closes = at + 1 == end || isSeparator(load<u8>(at + 1));
    if (closes && !(escapes != 0 && isEscaped(at, from))) {
      high = highs != 0 ? 1 : 0;
      escaped = escapes != 0;
      return at;
    }
    at += 1;
  }
  return 0;
}

/** Place of the space that ends the value which begins at `from`, or `end`. */
export function bareEnd(from: usize, end: usize): usize {
  const spaces = i8x16.splat(<i8>SPACE);
  let highs: i32 = 0;
  escaped = false;
  for (let at = from; at < end; at += 16) {
    const bytes = v128.load(at);
    const left = end - at;
    const valid: i32 = left >= 16 ? 0xffff : (1 << <i32>left) - 1;
    const ends = i8x16.bitmask(i8x16.eq(bytes, spaces)) & valid;
    const before: i32 = ends == 0 ? valid : (1 << ctz(ends)) - 1;
    highs |= i8x16.bitmask(bytes) & before;
    if (ends != 0) {
      high = highs != 0 ? 1 : 0;
      return at + <usize>ctz(ends);
    }
  }
  high = highs != 0 ? 1 : 0;
  return end;
}

function isEscaped(quote: usize, from: usize): bool {
  let backslashes = 0;
  for (let at = quote; at > from && load<u8>(at - 1) == BACKSLASH; at--) backslashes++;
  return (backslashes & 1) == 1;
}

/** Empty, `-`, `N/A` and `n/a`. */
export function isAbsent(from: usize, length: usize): bool {
  if (length > 3) return false;
  if (length == 0) return true;
  if (length == 1) return load<u8>(from) == 0x2d;
  if (length != 3 || load<u8>(from + 1) != 0x2f) return false;
  const first = load<u8>(from);
  const last = load<u8>(from + 2);
  return (first == 0x4e && last == 0x41) || (first == 0x6e && last == 0x61);
}

/** A whole number of 1 to 16 digits that is a safe integer; −1 for anything else. */
export function readDigits(from: usize, length: usize): f64 {
  if (length == 0 || length > 16) return -1;
  let value: u64 = 0;
  for (let at: usize = 0; at < length; at++) {
    const digit: u32 = <u32>load<u8>(from + at) - 0x30;
    if (digit > 9) return -1;
    value = value * 10 + digit;
  }
  return value <= 9_007_199_254_740_991 ? <f64>value : -1;
}
