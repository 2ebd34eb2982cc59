import { hashBytes, sameBytes } from './bytes';
import {
  ENTRIES, ENTRY_BYTES, MAX_ENTRIES, MAX_TOKENS, VALUE_BYTES, VALUE_PLACES, VALUE_TABLE, VALUES,
} from './layout';

// Values that were seen, each with an entry: JavaScript gives it a code once.

/** Senders may send values whose hashes collide: beyond this many steps a value gets an entry of its own. */
const PROBES: i32 = 48;
const MAX_LENGTH: usize = 0xffff;
/** Longest record that is read here: its values have room. */
export const RECORD_BYTES: usize = 256 * 1024;

/** Code of an entry that JavaScript has not given one yet: a record may bring a new value more than once. */
export const PENDING: i32 = i32.MIN_VALUE;

/** Entry 0 stands for no value. */
let count: i32 = 1;
let end: usize = VALUES;
/** Was the last entry made by this call, or waits it for its code? */
export let isNew: bool = false;

/** Is there surely room for the values of one more record? */
export function hasRoom(): bool {
  return count + MAX_TOKENS <= MAX_ENTRIES && end + RECORD_BYTES <= VALUES + VALUE_BYTES;
}

export function forgetValues(): void {
  count = 1;
  end = VALUES;
  memory.fill(VALUE_PLACES, 0, <usize>VALUE_TABLE * 4);
}

// @ts-ignore: decorator
@inline
export function codeOf(entry: u32): i32 {
  return load<i32>(ENTRIES + <usize>entry * ENTRY_BYTES, 12);
}

/** The entry of a slot's value. */
export function entryFor(slot: i32, from: usize, length: usize): u32 {
  if (length > MAX_LENGTH) return nameless();
  const owner = (<u32>slot << 16) | <u32>length;
  const hash = hashBytes(from, length, <u32>slot);
  let place = hash & <u32>(VALUE_TABLE - 1);
  isNew = false;
  for (let probe = 0; probe < PROBES; probe++) {
    const entry = load<u32>(VALUE_PLACES + (<usize>place << 2));
    if (entry == 0) {
      const added = addEntry(hash, owner, from, length);
      store<u32>(VALUE_PLACES + (<usize>place << 2), added);
      return added;
    }
    const at = ENTRIES + <usize>entry * ENTRY_BYTES;
    if (load<u32>(at) == hash && load<u32>(at, 4) == owner && sameBytes(load<u32>(at, 8), from, length)) {
      isNew = load<i32>(at, 12) == PENDING;
      return entry;
    }
    place = (place + 1) & <u32>(VALUE_TABLE - 1);
  }
  return addEntry(hash, owner, from, length);
}

/** An entry that no look-up finds again. */
export function nameless(): u32 {
  isNew = true;
  count += 1;
  return <u32>(count - 1);
}

function addEntry(hash: u32, owner: u32, from: usize, length: usize): u32 {
  isNew = true;
  const at = ENTRIES + <usize>count * ENTRY_BYTES;
  store<u32>(at, hash);
  store<u32>(at, owner, 4);
  store<u32>(at, <u32>end, 8);
  store<i32>(at, PENDING, 12);
  memory.copy(end, from, length);
  end += length;
  count += 1;
  return <u32>(count - 1);
}
