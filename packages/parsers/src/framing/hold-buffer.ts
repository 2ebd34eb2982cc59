/**
 * Bytes of an unfinished frame. Grows by doubling, so that a sender of single bytes costs linear time; the splitter
 * keeps it below the record limit plus a frame header.
 */
export interface HoldBuffer {
  readonly length: number;
  append(bytes: Buffer): void;
  /** All held bytes followed by `bytes`, in new memory; nothing is held after that. */
  takeWith(bytes: Buffer): Buffer;
}

const FIRST_CAPACITY = 1024;

export function createHoldBuffer(): HoldBuffer {
  let memory = Buffer.alloc(0);
  let length = 0;
  return {
    get length() {
      return length;
    },
    append(bytes) {
      const needed = length + bytes.length;
      if (needed > memory.length) {
        const grown = Buffer.allocUnsafe(Math.max(FIRST_CAPACITY, needed, memory.length * 2));
        memory.copy(grown, 0, 0, length);
        memory = grown;
      }
      bytes.copy(memory, length);
      length = needed;
    },
    takeWith(bytes) {
      const all = Buffer.concat([memory.subarray(0, length), bytes]);
      length = 0;
      // An idle connection shall not keep the memory of its longest record.
      if (memory.length > FIRST_CAPACITY) memory = Buffer.alloc(0);
      return all;
    },
  };
}
