// Where things lie in the memory of the scanner of marks.

/** Before and behind a region: loads may read there. */
const SLACK: usize = 64;

// A mark: u32 place of its text, u16 length, u16 its rarest place, u32 place and u32 bit of its owner in FOUND, u16 the next mark
// of the same slot.
export const MARK_BYTES: usize = 24;
export const MAX_MARKS: i32 = 512;
export const TEXT_BYTES: usize = 16 * 1024;
/** By a hash of the three bytes at a mark's rarest place. */
export const SLOTS: usize = 2048;

export const MAX_OWNERS: i32 = 256;
/** Owners that were found, as bits. */
export const OWNER_BYTES: usize = <usize>MAX_OWNERS / 8;
export const FOUND: usize = (__heap_base + 15) & ~(<usize>15);
/** By low and by high nibble, which buckets have such a byte: first, second and third at a rarest place; marks of one byte. */
export const NIBBLES: usize = FOUND + OWNER_BYTES;
/** By bucket: owners of a mark of one byte. */
export const ONE_BYTE_OWNERS: usize = NIBBLES + 8 * 16;
/** By slot: its first mark, from 1. */
export const SLOT_MARKS: usize = ONE_BYTE_OWNERS + 8 * OWNER_BYTES;
export const MARKS: usize = SLOT_MARKS + SLOTS * 2;
export const TEXTS: usize = MARKS + <usize>(MAX_MARKS + 1) * MARK_BYTES;
/** Room for one record, or for a piece of it. */
export const SCRATCH: usize = TEXTS + TEXT_BYTES + SLACK;
export const SCRATCH_BYTES: usize = 64 * 1024;
/** Room for a journal block: 1 MiB of records and one longest record. */
export const BLOCK: usize = SCRATCH + SCRATCH_BYTES + SLACK;
export const BLOCK_BYTES: usize = 1280 * 1024;
export const MEMORY_END: usize = BLOCK + BLOCK_BYTES + SLACK;
