import { hashBytes, sameBytes } from './bytes';
import { KEY_BYTES, KEYS, MAX_SLOTS, SLOT_BYTES, SLOT_PLACES, SLOT_TABLE, SLOTS } from './layout';

// A slot is a key, and the pair that was read with it last:
//   0 key, 4 length of the key, 8 kind, 12 mark, 16 slot that followed last time (−1: none), 20 hash
//   24 length of the last pair (0: nothing to repeat), 28 absent, 32 entry, 36 high bit seen, 40 number, 48 not kept,
//   52 code
//   64… the last pair: `key=value` and the byte that ends it
const LAST_PAIR: usize = 64;
export const MAX_PAIR: usize = SLOT_BYTES - LAST_PAIR;

let count: i32 = 0;
let keysEnd: usize = KEYS;

// @ts-ignore: decorator
@inline
export function slotAt(slot: i32): usize {
  return SLOTS + <usize>slot * SLOT_BYTES;
}
// @ts-ignore: decorator
@inline
export function keyOf(at: usize): usize {
  return load<u32>(at);
}
// @ts-ignore: decorator
@inline
export function keyLength(at: usize): usize {
  return load<u32>(at, 4);
}
// @ts-ignore: decorator
@inline
export function kindOf(at: usize): i32 {
  return load<i32>(at, 8);
}
// @ts-ignore: decorator
@inline
export function markOf(at: usize): u32 {
  return load<u32>(at, 12);
}
// @ts-ignore: decorator
@inline
export function nextOf(at: usize): i32 {
  return load<i32>(at, 16);
}
// @ts-ignore: decorator
@inline
export function setNext(at: usize, slot: i32): void {
  store<i32>(at, slot, 16);
}
// @ts-ignore: decorator
@inline
export function lastLength(at: usize): usize {
  return load<u32>(at, 24);
}
// @ts-ignore: decorator
@inline
export function setLastLength(at: usize, length: usize): void {
  store<u32>(at, <u32>length, 24);
}
// @ts-ignore: decorator
@inline
export function isAbsentSlot(at: usize): u32 {
  return load<u32>(at, 28);
}
// @ts-ignore: decorator
@inline
export function entryOf(at: usize): u32 {
  return load<u32>(at, 32);
}
// @ts-ignore: decorator
@inline
export function numberOf(at: usize): f64 {
  return load<f64>(at, 40);
}
// @ts-ignore: decorator
@inline
export function highOf(at: usize): u32 {
  return load<u32>(at, 36);
}
// @ts-ignore: decorator
@inline
export function codeIn(at: usize): i32 {
  return load<i32>(at, 52);
}
// @ts-ignore: decorator
@inline
export function setValue(at: usize, absent: u32, entry: u32, code: i32, number: f64): void {
  store<i32>(at, code, 52);
  store<u32>(at, absent, 28);
  store<u32>(at, entry, 32);
  store<f64>(at, number, 40);
}

/** Keeps the pair that ends before `to` for comparing the next one with it. */
export function remember(at: usize, from: usize, to: usize, high: u32): void {
  const length = to - from;
  if (length > MAX_PAIR || load<u32>(at, 48) != 0) return;
  memory.copy(at + LAST_PAIR, from, length);
  setLastLength(at, length);
  store<u32>(at, high, 36);
}

// @ts-ignore: decorator
@inline
export function repeatsAt(at: usize, from: usize): bool {
  return sameBytes(at + LAST_PAIR, from, lastLength(at));
}

/** The slot of a key; −1 when there is none. */
export function findSlot(from: usize, length: usize): i32 {
  const hash = hashBytes(from, length, 0);
  let place = hash & <u32>(SLOT_TABLE - 1);
  let slot = load<i32>(SLOT_PLACES + (<usize>place << 2)) - 1;
  while (slot >= 0) {
    const at = slotAt(slot);
    if (load<u32>(at, 20) == hash && keyLength(at) == length && sameBytes(keyOf(at), from, length)) break;
    place = (place + 1) & <u32>(SLOT_TABLE - 1);
    slot = load<i32>(SLOT_PLACES + (<usize>place << 2)) - 1;
  }
  return slot;
}

/** A slot for a key that has none; −1 when there is no room. Pairs of it are not kept where `unkept` is set. */
export function addSlot(from: usize, length: usize, kind: i32, mark: u32, unkept: u32): i32 {
  if (count == MAX_SLOTS || keysEnd + length > KEYS + KEY_BYTES) return -1;
  const at = slotAt(count);
  memory.fill(at, 0, SLOT_BYTES);
  memory.copy(keysEnd, from, length);
  const hash = hashBytes(from, length, 0);
  store<u32>(at, <u32>keysEnd, 0);
  store<u32>(at, <u32>length, 4);
  store<i32>(at, kind, 8);
  store<u32>(at, mark, 12);
  store<i32>(at, -1, 16);
  store<u32>(at, hash, 20);
  store<u32>(at, unkept, 48);
  keysEnd += length;
  let place = hash & <u32>(SLOT_TABLE - 1);
  while (load<u32>(SLOT_PLACES + (<usize>place << 2)) != 0) place = (place + 1) & <u32>(SLOT_TABLE - 1);
  count += 1;
  store<i32>(SLOT_PLACES + (<usize>place << 2), count);
  return count - 1;
}

export function forgetSlots(): void {
  count = 0;
  keysEnd = KEYS;
  memory.fill(SLOT_PLACES, 0, <usize>SLOT_TABLE * 4);
}

/** Values have new codes: no pair can be repeated. */
export function forgetPairs(): void {
  for (let slot = 0; slot < count; slot++) setLastLength(slotAt(slot), 0);
}
