/** Pages of raw text are of one size and many: their memory is used again. */
const POOLED_BYTES = 1024 * 1024 + 256 * 1024;
const MAX_POOLED = 24;
const pool: Buffer[] = [];

/** Bytes that grow at the end. */
export class ByteWriter {
  bytes: Buffer;
  length = 0;

  constructor(capacity = 1024) {
    const pooled = capacity > POOLED_BYTES / 2 && capacity <= POOLED_BYTES;
    this.bytes = pooled ? (pool.pop() ?? Buffer.allocUnsafeSlow(POOLED_BYTES)) : Buffer.allocUnsafe(capacity);
  }

  /** Makes sure that `count` more bytes fit; returns where they begin. */
  reserve(count: number): number {
    const needed = this.length + count;
    if (needed > this.bytes.length) {
      const longer = Buffer.allocUnsafe(Math.max(needed, this.bytes.length * 2));
      this.bytes.copy(longer, 0, 0, this.length);
      this.bytes = longer;
    }
    return this.length;
  }

  byte(value: number): void {
    const at = this.reserve(1);
    this.bytes[at] = value;
    this.length = at + 1;
  }

  u32(value: number): void {
    const at = this.reserve(4);
    this.bytes.writeUInt32LE(value, at);
    this.length = at + 4;
  }

  /** Unsigned LEB128 of a safe integer. */
  varint(value: number): void {
    let rest = value;
    while (rest > 0x7f) {
      this.byte((rest % 128) | 0x80);
      rest = Math.floor(rest / 128);
    }
    this.byte(rest);
  }

  append(bytes: Uint8Array): void {
    const at = this.reserve(bytes.length);
    this.bytes.set(bytes, at);
    this.length = at + bytes.length;
  }

  view(): Buffer {
    return this.bytes.subarray(0, this.length);
  }
}

/** Gives back the memory of a writer's `view()` when nobody looks at it any more. */
export function recycle(view: Uint8Array): void {
  if (view.buffer.byteLength !== POOLED_BYTES || pool.length >= MAX_POOLED) return;
  pool.push(Buffer.from(view.buffer as ArrayBuffer));
}
