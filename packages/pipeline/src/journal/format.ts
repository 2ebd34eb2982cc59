/**
 * Journal file format, version 1 (docs/formats/journal.md).
 *
 * Constraints
 * - One writer per stream (`<node>.<worker>`), under the folder's lock; any number of readers, without locks.
 * - Append only; a file is never rewritten, only cut at its torn end, and only by the writer that opens the folder.
 * - A record is at most MAX_RECORD_BYTES, a block's payload at most MAX_PAYLOAD_BYTES: a reader refuses larger lengths
 *   before it allocates, so a damaged length can't exhaust memory.
 * - Base times never decrease inside a stream and grow strictly from block to block.
 *
 * Layout (little-endian)
 *   file   = header header block*                                  (the same header twice: one may be damaged)
 *   header = magic "LMJOURN\n" · u32 version · u32 journal number · u64 created µs
 *            · u8 length + 40 bytes node · u8 length + 40 bytes worker · u32 salt · zeros up to 124
 *            · u32 crc32 of bytes 0–123
 *   block  = u32 magic "LMB1" · u8 type (1 records, 2 accounting) · 3 zero bytes · u32 payload length · u32 records
 *            · u64 first sequence · u64 base time µs · u32 crc32 of payload
 *            · u32 crc32, begun with the salt, of header bytes 0–35 · payload
 *   records payload    = u16 sources · source* · record*
 *     source = u8 transport (index in TRANSPORTS, + 128 when an identity follows) · u16 port
 *            · u8 length + address (ASCII) · [u8 length + identity (ASCII)]
 *     record = u32 length · u32 µs after base time · u16 source index · u8 flag bits · raw bytes
 *   accounting payload = JSON, journal/accounting.ts
 *
 * Recovery
 * - A block is whole when both checksums hold. Behind a damaged one the reader looks for the next header whose checksum
 *   holds; the sequences between are the lost range. With no such header the rest is a torn tail: it was never
 *   acknowledged, because acknowledgement follows fdatasync.
 *   The salt is random and not sent anywhere: a sender can't put a block header into a log line that this search takes.
 * - A new process never appends to an old file: it cuts the newest one at its last whole block and starts the next number.
 */
import { crc32 } from 'node:zlib';

export const FILE_MAGIC = Buffer.from('LMJOURN\n', 'latin1');
export const FORMAT_VERSION = 1;
const HEADER_COPY_BYTES = 128;
export const FILE_HEADER_BYTES = 2 * HEADER_COPY_BYTES;
export const BLOCK_MAGIC = 0x31424d4c;
export const BLOCK_MAGIC_BYTES = Buffer.from('LMB1', 'latin1');
export const BLOCK_HEADER_BYTES = 40;
/** A block is sealed at 1 MiB; the rest is room for one longest record and a full source table. */
export const MAX_PAYLOAD_BYTES = 8 * 1024 * 1024;
export const RECORD_HEADER_BYTES = 11;
/** Bit of a source's transport byte: the sender proved who it is, and that stands behind its address. */
export const IDENTITY_FOLLOWS = 0x80;
export const BLOCK_RECORDS = 1;
export const BLOCK_ACCOUNTING = 2;

export interface FileHeader {
  readonly node: string;
  readonly worker: string;
  readonly journal: number;
  readonly createdMicros: number;
  readonly salt: number;
}

export interface BlockHeader {
  readonly type: number;
  readonly payloadLength: number;
  readonly count: number;
  readonly firstSequence: number;
  readonly baseMicros: number;
  readonly payloadCrc: number;
}

/** u64 as a safe integer: sequences have at most 12 digits, µs fit until the year 2255. */
function writeU64(buffer: Buffer, value: number, at: number): void {
  buffer.writeUInt32LE(value % 0x1_0000_0000, at);
  buffer.writeUInt32LE(Math.floor(value / 0x1_0000_0000), at + 4);
}

function readU64(buffer: Buffer, at: number): number {
  return buffer.readUInt32LE(at) + buffer.readUInt32LE(at + 4) * 0x1_0000_0000;
}

function writeName(buffer: Buffer, name: string, at: number): void {
  buffer.writeUInt8(name.length, at);
  buffer.write(name, at + 1, 40, 'latin1');
}

function readName(buffer: Buffer, at: number): string {
  return buffer.toString('latin1', at + 1, at + 1 + Math.min(40, buffer.readUInt8(at)));
}

export function encodeFileHeader(header: FileHeader): Buffer {
  const buffer = Buffer.alloc(HEADER_COPY_BYTES);
  FILE_MAGIC.copy(buffer, 0);
  buffer.writeUInt32LE(FORMAT_VERSION, 8);
  buffer.writeUInt32LE(header.journal, 12);
  writeU64(buffer, header.createdMicros, 16);
  writeName(buffer, header.node, 24);
  writeName(buffer, header.worker, 65);
  buffer.writeUInt32LE(header.salt, 106);
  buffer.writeUInt32LE(crc32(buffer.subarray(0, 124)), 124);
  return Buffer.concat([buffer, buffer]);
}

/** Undefined when the bytes hold no whole header of this version, neither in the first place nor in the second. */
export function decodeFileHeader(buffer: Buffer): FileHeader | undefined {
  return decodeHeaderAt(buffer, 0) ?? decodeHeaderAt(buffer, HEADER_COPY_BYTES);
}

function decodeHeaderAt(buffer: Buffer, at: number): FileHeader | undefined {
  const copy = buffer.subarray(at, at + HEADER_COPY_BYTES);
  if (copy.length < HEADER_COPY_BYTES || !copy.subarray(0, 8).equals(FILE_MAGIC)) return undefined;
  if (copy.readUInt32LE(124) !== crc32(copy.subarray(0, 124))) return undefined;
  if (copy.readUInt32LE(8) !== FORMAT_VERSION) return undefined;
  return {
    journal: copy.readUInt32LE(12),
    createdMicros: readU64(copy, 16),
    node: readName(copy, 24),
    worker: readName(copy, 65),
    salt: copy.readUInt32LE(106),
  };
}

export function encodeBlockHeader(header: BlockHeader, salt: number): Buffer {
  const buffer = Buffer.alloc(BLOCK_HEADER_BYTES);
  buffer.writeUInt32LE(BLOCK_MAGIC, 0);
  buffer.writeUInt8(header.type, 4);
  buffer.writeUInt32LE(header.payloadLength, 8);
  buffer.writeUInt32LE(header.count, 12);
  writeU64(buffer, header.firstSequence, 16);
  writeU64(buffer, header.baseMicros, 24);
  buffer.writeUInt32LE(header.payloadCrc, 32);
  buffer.writeUInt32LE(crc32(buffer.subarray(0, 36), salt), 36);
  return buffer;
}

/** Undefined when no valid block header stands at `at`; the caller has made sure of BLOCK_HEADER_BYTES. */
export function decodeBlockHeader(buffer: Buffer, at: number, salt: number): BlockHeader | undefined {
  if (buffer.readUInt32LE(at) !== BLOCK_MAGIC) return undefined;
  if (buffer.readUInt32LE(at + 36) !== crc32(buffer.subarray(at, at + 36), salt)) return undefined;
  const payloadLength = buffer.readUInt32LE(at + 8);
  if (payloadLength > MAX_PAYLOAD_BYTES) return undefined;
  return {
    type: buffer.readUInt8(at + 4),
    payloadLength,
    count: buffer.readUInt32LE(at + 12),
    firstSequence: readU64(buffer, at + 16),
    baseMicros: readU64(buffer, at + 24),
    payloadCrc: buffer.readUInt32LE(at + 32),
  };
}
