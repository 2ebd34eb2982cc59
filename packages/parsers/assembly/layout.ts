// Where things lie in the module's memory. Sizes are bounds: senders make up keys and values.

/** Bytes past the end of a region that 16-byte loads may read. */
const SLACK: usize = 64;

// A token: u32 slot and TOKEN_ABSENT, i32 code of its value, f64 number.
export const TOKEN_BYTES: usize = 16;
export const MAX_TOKENS: i32 = 1024;
export const TOKEN_ABSENT: u32 = 0x8000_0000;

// A miss, a value that has no code yet: u32 slot, from, to, entry, token; ESCAPED is set in `to`.
export const MISS_BYTES: usize = 32;
export const ESCAPED: u32 = 0x8000_0000;

// A slot: see slots.ts.
export const SLOT_BYTES: usize = 128;
export const MAX_SLOTS: i32 = 2048;
export const SLOT_TABLE: i32 = 8192;
export const KEY_BYTES: usize = 256 * 1024;

// An entry: u32 hash, u16 slot, u16 length (longer values are never found again), u32 place of its bytes, i32 code, which
// JavaScript fills in.
export const ENTRY_BYTES: usize = 16;
export const MAX_ENTRIES: i32 = 65_536;
export const VALUE_TABLE: i32 = 131_072;
export const VALUE_BYTES: usize = 4 * 1024 * 1024;

export const TOKENS: usize = (__heap_base + 15) & ~(<usize>15);
export const MISSES: usize = TOKENS + <usize>MAX_TOKENS * TOKEN_BYTES;
export const SLOTS: usize = MISSES + <usize>MAX_TOKENS * MISS_BYTES;
export const SLOT_PLACES: usize = SLOTS + <usize>MAX_SLOTS * SLOT_BYTES + SLACK;
export const KEYS: usize = SLOT_PLACES + <usize>SLOT_TABLE * 4;
export const ENTRIES: usize = (KEYS + KEY_BYTES + SLACK + 15) & ~(<usize>15);
export const VALUE_PLACES: usize = ENTRIES + <usize>MAX_ENTRIES * ENTRY_BYTES;
export const VALUES: usize = VALUE_PLACES + <usize>VALUE_TABLE * 4;
export const INPUT: usize = VALUES + VALUE_BYTES + SLACK;
/** Room for a journal block: 1 MiB of records and one longest record. */
export const INPUT_BYTES: usize = 1280 * 1024;
export const MEMORY_END: usize = INPUT + INPUT_BYTES + SLACK;
