// Where the state of rows lies, behind all that layout.ts lays out.
import { MEMORY_END } from './layout';

// A layout, the columns of one type of row:
//   0 most columns, 4 columns of the last row, 8 length of the last row, 12 nothing is told yet
//   kinds, one byte a column; starts, u32 where each value of the last row begins; filled, one byte a column
//   the last row
const KINDS: usize = 16;
/** Whole vectors of starts are moved: some beyond the last column. */
export const MAX_COLUMNS: i32 = 192;
const STARTS: usize = KINDS + <usize>MAX_COLUMNS;
const FILLED: usize = STARTS + <usize>MAX_COLUMNS * 4;
const ROW: usize = FILLED + <usize>MAX_COLUMNS;
/** Longest row that is read here. */
export const MAX_ROW: usize = 16 * 1024;
const LAYOUT_BYTES: usize = ROW + MAX_ROW + 64;
const MAX_LAYOUTS: i32 = 24;

const LAYOUTS: usize = (MEMORY_END + 15) & ~(<usize>15);
/** Where the values of the row in the making begin. */
export const NEW_STARTS: usize = LAYOUTS + <usize>MAX_LAYOUTS * LAYOUT_BYTES;
export const ROWS_END: usize = NEW_STARTS + <usize>MAX_COLUMNS * 4;

let count: i32 = 0;

// @ts-ignore: decorator
@inline
export function layoutAt(layout: i32): usize {
  return LAYOUTS + <usize>layout * LAYOUT_BYTES;
}
// @ts-ignore: decorator
@inline
export function mostOf(at: usize): i32 {
  return load<i32>(at);
}
// @ts-ignore: decorator
@inline
export function countOf(at: usize): i32 {
  return load<i32>(at, 4);
}
// @ts-ignore: decorator
@inline
export function lengthOf(at: usize): usize {
  return load<u32>(at, 8);
}
// @ts-ignore: decorator
@inline
export function isFresh(at: usize): bool {
  return load<u32>(at, 12) != 0;
}
// @ts-ignore: decorator
@inline
export function kindOf(at: usize, column: i32): u32 {
  return load<u8>(at + KINDS + <usize>column);
}
// @ts-ignore: decorator
@inline
export function startOf(at: usize, column: i32): usize {
  return load<u32>(at + STARTS + (<usize>column << 2));
}
// @ts-ignore: decorator
@inline
export function isFilled(at: usize, column: i32): bool {
  return load<u8>(at + FILLED + <usize>column) != 0;
}
// @ts-ignore: decorator
@inline
export function setFilled(at: usize, column: i32, filled: u32): void {
  store<u8>(at + FILLED + <usize>column, <u8>filled);
}
// @ts-ignore: decorator
@inline
export function rowOf(at: usize): usize {
  return at + ROW;
}

/** Starts of the values [first, last) of the last row are those of the new one, moved by `shift` bytes. */
export function moveStarts(at: usize, first: i32, last: i32, shift: i32): void {
  const by = i32x4.splat(shift);
  for (let column = first; column < last; column += 4) {
    const offset = <usize>column << 2;
    v128.store(NEW_STARTS + offset, i32x4.add(v128.load(at + STARTS + offset), by));
  }
}

/** The row [from, end) with so many columns is the last one now. */
export function keepRow(at: usize, from: usize, end: usize, columns: i32): void {
  memory.copy(at + STARTS, NEW_STARTS, <usize>columns << 2);
  memory.copy(at + ROW, from, end - from);
  store<i32>(at, columns, 4);
  store<u32>(at, <u32>(end - from), 8);
  store<u32>(at, 0, 12);
}

/** A layout of so many columns; −1 when there are enough. */
export function addLayout(most: i32): i32 {
  if (count == MAX_LAYOUTS || most > MAX_COLUMNS - 4) return -1;
  store<i32>(layoutAt(count), most);
  forgetRow(layoutAt(count));
  count += 1;
  return count - 1;
}

export function setKind(layout: i32, column: i32, kind: u32): void {
  store<u8>(layoutAt(layout) + KINDS + <usize>column, <u8>kind);
}

function forgetRow(at: usize): void {
  store<i32>(at, 0, 4);
  store<u32>(at, 0, 8);
  store<u32>(at, 1, 12);
}

/** All values of the next rows are told anew, empty ones, too. */
export function forgetRows(): void {
  for (let layout = 0; layout < count; layout++) forgetRow(layoutAt(layout));
}
