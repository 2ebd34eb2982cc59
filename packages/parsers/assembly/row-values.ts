// Comma separated values of one row. The meaning is that of src/csv/split.ts.

const QUOTE: i32 = 0x22;
const COMMA: i32 = 0x2c;
const SPACE: i32 = 0x20;

/** The value that was found last, without its quotes. */
export let valueFrom: usize = 0;
export let valueTo: usize = 0;

/**
 * Finds the value that begins at `at`; the place of the comma behind it, or `end`. 0 where it is padded, or holds quotes, or
 * more follows its closing quote.
 */
export function findValue(at: usize, end: usize): usize {
  let after: usize;
  if (at < end && load<u8>(at) == QUOTE) {
    valueFrom = at + 1;
    valueTo = find(valueFrom, end, QUOTE);
    after = valueTo + 1;
    if (valueTo == end || (after < end && load<u8>(after) != COMMA)) return 0;
  } else {
    valueFrom = at;
    valueTo = find(at, end, COMMA);
    after = valueTo;
  }
  if (valueTo > valueFrom && (load<u8>(valueFrom) == SPACE || load<u8>(valueTo - 1) == SPACE)) return 0;
  return after;
}

/** Place of a byte in [at, end), or `end`. */
export function find(at: usize, end: usize, byte: i32): usize {
  const wanted = i8x16.splat(<i8>byte);
  for (; at < end; at += 16) {
    const found = i8x16.bitmask(i8x16.eq(v128.load(at), wanted));
    if (found != 0) return min<usize>(at + <usize>ctz(found), end);
  }
  return end;
}

/** How many of `most` bytes at both places are the same, from the first on. */
export function sameFor(a: usize, b: usize, most: usize): usize {
  for (let at: usize = 0; at < most; at += 16) {
    const same = i8x16.bitmask(i8x16.eq(v128.load(a + at), v128.load(b + at)));
    if (same != 0xffff) return min<usize>(at + <usize>ctz(~same), most);
  }
  return most;
}
