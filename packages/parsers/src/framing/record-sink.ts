import { isUtf8 } from 'node:buffer';

/**
 * What framing counts. Each name is one thing that happened to one record or line:
 * - `truncated`: longer than the limit, cut there, the rest of the line or frame thrown away
 * - `bad_octet_count`: a length that can't be true; what follows was read line by line until a frame fits again
 * - `unterminated`: the connection ended inside a record (emitted with flag `i`)
 * - `empty`: a line, frame or datagram without content; no record is made
 * - `nul`, `invalid_utf8`: the record holds NUL bytes, is not UTF-8; kept as received
 */
export type FramingCounter = 'truncated' | 'bad_octet_count' | 'unterminated' | 'empty' | 'nul' | 'invalid_utf8';

/** Letters of core/record.ts RECORD_FLAGS that framing can set, in alphabetical order. */
export type FramingFlags = '' | 'i' | 't' | 'it';

export interface FramingOptions {
  /** Longest record in bytes; core/record.ts MAX_RECORD_BYTES in production. */
  readonly maxRecordBytes: number;
  readonly onCounter: (name: FramingCounter) => void;
}

/** Nothing unusual in these bytes? Asked once for a whole chunk, so that single records need no second look. */
export function isCleanText(bytes: Buffer): boolean {
  return isUtf8(bytes) && !bytes.includes(0);
}

/** Counts NUL and invalid UTF-8. A character cut in two by the record limit is not held against the sender. */
export function countOddBytes(record: Buffer, cut: boolean, onCounter: (name: FramingCounter) => void): void {
  if (record.includes(0)) onCounter('nul');
  if (!isUtf8(cut ? withoutPartialCharacter(record) : record)) onCounter('invalid_utf8');
}

/** A UTF-8 character has at most 3 continuation bytes after its first byte. */
function withoutPartialCharacter(record: Buffer): Buffer {
  let end = record.length;
  for (let back = 0; back < 3 && end > 0 && ((record[end - 1] as number) & 0xc0) === 0x80; back++) end--;
  return end > 0 && (record[end - 1] as number) >= 0xc0 ? record.subarray(0, end - 1) : record;
}
