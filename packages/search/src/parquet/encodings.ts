import type { ByteWriter } from './byte-writer.ts';

/** Encodings of Parquet data pages (apache/parquet-format Encodings.md). */

/** Bits in which codes up to `most` are packed: few widths, whole bytes where it can be; zstd takes what that wastes. */
export function codeWidth(most: number): number {
  if (most < 2) return 1;
  if (most < 4) return 2;
  if (most < 16) return 4;
  if (most < 256) return 8;
  return most < 65_536 ? 16 : 24;
}

/** Run of one value, RLE/bit-packing hybrid (RLE = 3). */
export function writeRun(out: ByteWriter, value: number, count: number, width: number): void {
  out.varint(count * 2);
  for (let bits = 0, rest = value; bits < width; bits += 8, rest >>>= 8) out.byte(rest & 0xff);
}

/** values[0, count), each below 2^width, as one bit-packed run or one run of a single value. */
export function writeHybrid(out: ByteWriter, values: Int32Array | Uint8Array, count: number, width: number): void {
  if (count === 0) return;
  const first = values[0] as number;
  let at = 1;
  while (at < count && values[at] === first) at++;
  if (at === count) {
    writeRun(out, first, count, width);
    return;
  }
  const groups = Math.ceil(count / 8);
  out.varint(groups * 2 + 1);
  const start = out.reserve(groups * width);
  const { bytes } = out;
  out.length = start + groups * width;
  packBits(values, count, width, bytes, start, out.length);
}

function packBits(
  values: Int32Array | Uint8Array,
  count: number,
  width: number,
  bytes: Buffer,
  start: number,
  end: number,
): void {
  let at = start;
  if (width >= 8) {
    for (let index = 0; index < count; index++) {
      const value = values[index] as number;
      bytes[at++] = value & 0xff;
      if (width > 8) bytes[at++] = (value >>> 8) & 0xff;
      if (width > 16) bytes[at++] = (value >>> 16) & 0xff;
    }
  } else {
    let held = 0;
    let bits = 0;
    for (let index = 0; index < count; index++) {
      held |= (values[index] as number) << bits;
      bits += width;
      if (bits === 8) {
        bytes[at++] = held;
        held = 0;
        bits = 0;
      }
    }
    if (bits > 0) bytes[at++] = held;
  }
  bytes.fill(0, at, end);
}

const BLOCK = 128;
const MINI = 32;
/** Beyond this a difference of two differences is no exact double any more. */
const MAX_DELTA_SPAN = 2 ** 51;
/** The zigzag form of a lower one is odd and takes more than 53 bits. */
const LEAST_DELTA_VALUE = -(2 ** 52);

/** Of safe integers their span counts, not their size: times in µs are large and close to each other. */
export function fitsDelta(least: number, most: number): boolean {
  return least >= LEAST_DELTA_VALUE && most - least < MAX_DELTA_SPAN;
}

/** DELTA_BINARY_PACKED (5) of safe integers, `fitsDelta` given. */
export function writeDeltas(out: ByteWriter, values: Float64Array, count: number): void {
  out.varint(BLOCK);
  out.varint(BLOCK / MINI);
  out.varint(count);
  writeZigzag(out, count === 0 ? 0 : (values[0] as number));
  for (let start = 1; start < count; start += BLOCK) {
    const end = Math.min(count, start + BLOCK);
    let least = Number.POSITIVE_INFINITY;
    for (let at = start; at < end; at++) {
      const delta = (values[at] as number) - (values[at - 1] as number);
      if (delta < least) least = delta;
    }
    writeZigzag(out, least);
    const widths = out.reserve(BLOCK / MINI);
    out.length = widths + BLOCK / MINI;
    for (let mini = 0; mini < BLOCK / MINI; mini++) {
      const from = start + mini * MINI;
      // Not in one expression: writing may move the bytes.
      const width = from < end ? writeMini(out, values, from, Math.min(end, from + MINI), least) : 0;
      out.bytes[widths + mini] = width;
    }
  }
}

/** One miniblock; returns its width. */
function writeMini(out: ByteWriter, values: Float64Array, from: number, to: number, least: number): number {
  let most = 0;
  for (let at = from; at < to; at++) {
    const value = (values[at] as number) - (values[at - 1] as number) - least;
    if (value > most) most = value;
  }
  if (most === 0) return 0;
  let width = 8;
  while (width < 56 && most >= 2 ** width) width += 8;
  const size = width / 8;
  let at = out.reserve(MINI * size);
  out.length = at + MINI * size;
  const { bytes } = out;
  for (let index = from; index < to; index++) {
    let rest = (values[index] as number) - (values[index - 1] as number) - least;
    let left = size;
    // What is above 32 bits first, and with a division: shifts know no more of a number.
    let high = 0;
    if (size > 4) {
      high = Math.floor(rest / 0x1_0000_0000);
      rest -= high * 0x1_0000_0000;
    }
    for (; left > size - 4 && left > 0; left--) {
      bytes[at++] = rest & 0xff;
      rest >>>= 8;
    }
    for (; left > 0; left--) {
      bytes[at++] = high & 0xff;
      high >>>= 8;
    }
  }
  bytes.fill(0, at, out.length);
  return width;
}

function writeZigzag(out: ByteWriter, value: number): void {
  // Twice a safe integer may need 54 bits, which a double holds because the last one is 0.
  out.varint(value >= 0 ? value * 2 : -value * 2 - 1);
}

/** PLAIN INT64. */
export function writePlainLongs(out: ByteWriter, values: Float64Array, count: number): void {
  const start = out.reserve(count * 8);
  out.length = start + count * 8;
  for (let index = 0; index < count; index++) {
    out.bytes.writeBigInt64LE(BigInt(values[index] as number), start + index * 8);
  }
}

/** Eight bytes, little-endian, two's complement. */
export function longBytes(value: number): Buffer {
  const bytes = Buffer.allocUnsafe(8);
  bytes.writeBigInt64LE(BigInt(value));
  return bytes;
}

/** PLAIN BYTE_ARRAY: length and bytes. */
export function writePlainText(out: ByteWriter, source: Uint8Array, from: number, to: number): void {
  const length = to - from;
  const at = out.reserve(4 + length);
  const { bytes } = out;
  bytes[at] = length & 0xff;
  bytes[at + 1] = (length >>> 8) & 0xff;
  bytes[at + 2] = (length >>> 16) & 0xff;
  bytes[at + 3] = length >>> 24;
  if (length < 48) for (let index = 0; index < length; index++) bytes[at + 4 + index] = source[from + index] as number;
  else bytes.set(source.subarray(from, to), at + 4);
  out.length = at + 4 + length;
}
