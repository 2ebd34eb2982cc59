// Comma separated rows whose columns have their meaning by place, as PAN-OS writes them. Most values are those of the row of
// the same layout before: they are compared many at once, and only those that changed are told. What values mean is up to
// JavaScript, which gives each new one a code.
import { setSeed } from './bytes';
import { ENTRIES, INPUT, INPUT_BYTES, TOKENS } from './layout';
import {
  addLayout, countOf, forgetRows, isFilled, isFresh, keepRow, kindOf, layoutAt, lengthOf, MAX_ROW, mostOf, moveStarts,
  NEW_STARTS, ROWS_END, rowOf, setFilled, setKind, startOf,
} from './row-layout';
import { find, findValue, sameFor, valueFrom, valueTo } from './row-values';
import { readDigits } from './scan';
import { codeOf, entryFor, forgetValues, hasRoom, isNew, PENDING } from './values';

export { setSeed, addLayout, setKind };

/** Result of `scan` beside the number of tokens. Nothing was told then, and nothing is remembered. */
const LONG_WAY: i32 = -1;

// As ColumnKind of src/palo-alto/columns/column-kinds.ts.
const CODED: u32 = 1;
const BYTES: u32 = 2;

// A token, a value that changed: i32 column, i32 code (0: empty), f64 number (NaN: empty, −1: none that can be read), u32
// from, to, entry.
const TOKEN_BYTES: usize = 32;

export function inputAt(): usize {
  return INPUT;
}
export function inputBytes(): usize {
  return INPUT_BYTES;
}
export function tokensAt(): usize {
  return TOKENS;
}
export function entriesAt(): usize {
  return ENTRIES;
}
export function memoryEnd(): usize {
  return ROWS_END;
}
/** Of the row that was scanned last. */
export function columnCount(): i32 {
  return columns;
}

/** Codes given so far mean nothing any more. */
export function forgetAll(): void {
  forgetValues();
  forgetRows();
}

/** Does a byte stand in [from, end)? */
export function finds(from: usize, end: usize, byte: i32): bool {
  return find(from, end, byte) < end;
}

/** Do two bytes stand one behind the other in [from, end)? */
export function holds(from: usize, end: usize, first: i32, second: i32): bool {
  for (let at = find(from, end, first); at + 1 < end; at = find(at + 1, end, first)) {
    if (load<u8>(at + 1) == second) return true;
  }
  return false;
}

let columns: i32 = 0;
/** End of the last value that is read. */
let rowEnd: usize = 0;

/** The values of the row [from, end) that are not those of the row before it: how many, or LONG_WAY. */
export function scan(layout: i32, from: usize, end: usize): i32 {
  if (end - from > MAX_ROW) return LONG_WAY;
  const at = layoutAt(layout);
  if (!hasRoom()) forgetAll();
  let tokens = split(at, from, end);
  if (tokens < 0) return LONG_WAY;
  for (let token = 0; token < tokens; token++) readToken(layout, at, TOKENS + <usize>token * TOKEN_BYTES);
  const last = isFresh(at) ? mostOf(at) : countOf(at);
  for (let column = columns; column < last; column++) {
    if (!isFresh(at) && !isFilled(at, column)) continue;
    addToken(tokens, column, end, end);
    readToken(layout, at, TOKENS + <usize>tokens * TOKEN_BYTES);
    tokens += 1;
  }
  keepRow(at, from, rowEnd, columns);
  return tokens;
}

/** Tokens with the places of all values that changed. */
function split(at: usize, from: usize, end: usize): i32 {
  const most = mostOf(at);
  const before = countOf(at);
  const row = rowOf(at);
  const length = lengthOf(at);
  let tokens = 0;
  let column = 0;
  let cursor = from;
  let after: usize = from;
  while (after < end || column == 0) {
    if (column < before) {
      const start = startOf(at, column);
      const same = sameFor(cursor, row + start, min<usize>(end - cursor, length - start));
      const reach = start + same;
      let next = column;
      while (next + 1 < before && startOf(at, next + 1) <= reach) next += 1;
      if (next + 1 == before && reach == length && cursor + same == end) {
        moveStarts(at, column, before, <i32>(cursor - from) - <i32>start);
        columns = before;
        rowEnd = end;
        return tokens;
      }
      if (next > column) {
        moveStarts(at, column, next, <i32>(cursor - from) - <i32>start);
        cursor += startOf(at, next) - start;
        column = next;
      }
    }
    after = findValue(cursor, end);
    if (after == 0) return LONG_WAY;
    store<u32>(NEW_STARTS + (<usize>column << 2), <u32>(cursor - from));
    addToken(tokens, column, valueFrom, valueTo);
    tokens += 1;
    column += 1;
    if (column == most) break;
    cursor = after + 1;
  }
  columns = column;
  rowEnd = after;
  return tokens;
}

// @ts-ignore: decorator
@inline
function addToken(token: i32, column: i32, from: usize, to: usize): void {
  const at = TOKENS + <usize>token * TOKEN_BYTES;
  store<i32>(at, column);
  store<u32>(at, <u32>from, 16);
  store<u32>(at, <u32>to, 20);
}

function readToken(layout: i32, at: usize, token: usize): void {
  const column = load<i32>(token);
  const from = <usize>load<u32>(token, 16);
  const length = <usize>load<u32>(token, 20) - from;
  const kind = kindOf(at, column);
  setFilled(at, column, length > 0 ? 1 : 0);
  store<i32>(token, 0, 4);
  if (length == 0) {
    store<f64>(token, NaN, 8);
  } else if (kind == CODED) {
    const entry = entryFor((layout << 8) | column, from, length);
    store<i32>(token, isNew ? PENDING : codeOf(entry), 4);
    store<u32>(token, entry, 24);
  } else if (kind > BYTES) {
    store<f64>(token, readDigits(from, length), 8);
  }
}
