/** Larger octet counts are taken for a lie. 16 records of the largest size: room for honest senders of overlong records. */
export const MAX_OCTET_COUNT = 1_048_576;

/** Longest text of digits looked at before it is taken for the start of a line. */
const MAX_COUNT_DIGITS = 20;

/** `1048576 <191>`: what has to be in memory to see the start of a counted frame. */
export const LONGEST_COUNT_HEADER = 13;

export type FrameStart =
  /** `MSG-LEN SP`, RFC 6587 §3.4.1. `sure` when PRI follows, as RFC 5424 asks; without it the length has to prove itself. */
  | { readonly kind: 'counted'; readonly bodyAt: number; readonly length: number; readonly sure: boolean }
  /** Digits, a space and PRI, but a number no frame can have. */
  | { readonly kind: 'bad'; readonly bodyAt: number }
  | { readonly kind: 'line' }
  /** Too few bytes to tell. */
  | { readonly kind: 'more' };

const LINE: FrameStart = { kind: 'line' };
const MORE: FrameStart = { kind: 'more' };

export function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 0x30 && byte <= 0x39;
}

/** What begins at `at`? */
export function readFrameStart(data: Buffer, at: number): FrameStart {
  let cursor = at;
  let count = 0;
  while (isDigit(data[cursor]) && cursor - at <= MAX_COUNT_DIGITS) {
    count = count * 10 + (data[cursor] as number) - 0x30;
    cursor++;
  }
  if (cursor === at || cursor - at > MAX_COUNT_DIGITS) return LINE;
  if (cursor === data.length) return MORE;
  if (data[cursor] !== 0x20) return LINE;
  const bodyAt = cursor + 1;
  if (bodyAt === data.length) return MORE;
  const sure = data[bodyAt] === 0x3c;
  if (data[at] === 0x30 || count > MAX_OCTET_COUNT) return sure ? { kind: 'bad', bodyAt } : LINE;
  return { kind: 'counted', bodyAt, length: count, sure };
}

/** Can a frame, or the line end some senders put after one, begin at `at`? Undefined: too few bytes to tell. */
export function isFrameBoundary(data: Buffer, at: number, priExpected: boolean): boolean | undefined {
  const byte = data[at];
  if (byte === undefined) return undefined;
  if (byte === 0x0a) return true;
  if (byte === 0x0d) return at + 1 === data.length ? undefined : data[at + 1] === 0x0a;
  if (byte === 0x3c) return isPri(data, at);
  const start = readFrameStart(data, at);
  if (start.kind === 'more') return undefined;
  if (start.kind === 'counted') return start.sure ? isPri(data, start.bodyAt) : !priExpected;
  return start.kind === 'bad';
}

/** `<0>` to `<999>`; the header parser judges the number. */
function isPri(data: Buffer, at: number): boolean | undefined {
  let cursor = at + 1;
  while (isDigit(data[cursor]) && cursor - at <= 3) cursor++;
  if (cursor === data.length) return undefined;
  return cursor > at + 1 && data[cursor] === 0x3e;
}

/** Position of the first `digits SP <PRI>` in [from, to), or -1. Used only where a count has lied. */
export function findCountedStart(data: Buffer, from: number, to: number): number {
  for (let space = data.indexOf(' <', from, 'latin1'); space >= 0 && space < to; ) {
    let start = space;
    while (start > from && isDigit(data[start - 1]) && space - start < 7) start--;
    if (start < space && isPri(data, space + 1) && readFrameStart(data, start).kind === 'counted') return start;
    space = data.indexOf(' <', space + 1, 'latin1');
  }
  return -1;
}

/**
 * Is there, after a line end in [from, to), the start of another frame, or bytes at the end of the data that may become
 * one? Then a count is likely to have swallowed other frames.
 */
export function holdsLaterFrames(data: Buffer, from: number, to: number): boolean {
  for (let end = data.indexOf(0x0a, from); end >= 0 && end + 1 < to; end = data.indexOf(0x0a, end + 1)) {
    const next = data[end + 1];
    if (next !== 0x0a && next !== 0x0d && isFrameBoundary(data, end + 1, true) !== false) return true;
  }
  return findCountedStart(data, from + 1, to) >= 0;
}
