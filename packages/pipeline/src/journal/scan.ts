import { crc32 } from 'node:zlib';
import { decodeAccounting } from './accounting.ts';
import type { JournalBlock } from './block.ts';
import { decodeRecords } from './decode.ts';
import {
  BLOCK_ACCOUNTING,
  BLOCK_HEADER_BYTES,
  BLOCK_MAGIC_BYTES,
  BLOCK_RECORDS,
  type BlockHeader,
  decodeBlockHeader,
} from './format.ts';

export type ScanResult =
  | { readonly kind: 'block'; readonly block: JournalBlock; readonly end: number }
  /** The bytes from `at` on are too few for a whole block. */
  | { readonly kind: 'incomplete' }
  /** No whole block begins at `at`. `next`: where the following one should, when at least the header holds. */
  | { readonly kind: 'damaged'; readonly next?: number };

export interface ScanFile {
  readonly journal: number;
  readonly salt: number;
}

/** Reads the block that begins at `at` in `buffer`; `offset` is the place of buffer[0] in the file. */
export function scanBlock(buffer: Buffer, at: number, offset: number, file: ScanFile): ScanResult {
  if (buffer.length - at < BLOCK_HEADER_BYTES) return { kind: 'incomplete' };
  const header = decodeBlockHeader(buffer, at, file.salt);
  if (header === undefined) return { kind: 'damaged' };
  const start = at + BLOCK_HEADER_BYTES;
  const end = start + header.payloadLength;
  if (end > buffer.length) return { kind: 'incomplete' };
  const payload = buffer.subarray(start, end);
  if (crc32(payload) !== header.payloadCrc) return { kind: 'damaged', next: end };
  const block = toBlock(header, payload, { journal: file.journal, offset: offset + at, end: offset + end });
  return block === undefined ? { kind: 'damaged', next: end } : { kind: 'block', block, end };
}

/** Where the next header with a valid checksum stands at or after `at`; -1 when there is none. */
export function findHeader(buffer: Buffer, at: number, file: ScanFile): number {
  let found = buffer.indexOf(BLOCK_MAGIC_BYTES, at);
  while (found >= 0 && found + BLOCK_HEADER_BYTES <= buffer.length) {
    if (decodeBlockHeader(buffer, found, file.salt) !== undefined) return found;
    found = buffer.indexOf(BLOCK_MAGIC_BYTES, found + 1);
  }
  return -1;
}

function toBlock(
  header: BlockHeader,
  payload: Buffer,
  place: { journal: number; offset: number; end: number },
): JournalBlock | undefined {
  const { firstSequence, count, baseMicros } = header;
  const common = { ...place, firstSequence, count, baseMicros };
  if (header.type === BLOCK_RECORDS) {
    const frames = decodeRecords(payload, count, baseMicros);
    if (frames === undefined || count === 0) return undefined;
    return { ...common, type: 'records', frames, lastMicros: frames.receivedAt(count - 1) };
  }
  if (header.type !== BLOCK_ACCOUNTING) return undefined;
  const accounting = decodeAccounting(payload);
  return accounting && { ...common, type: 'accounting', accounting, lastMicros: baseMicros };
}
