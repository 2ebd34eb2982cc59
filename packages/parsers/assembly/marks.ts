// Which of some marks stand in a record. Each mark is found by three neighbouring bytes, at its rarest place; marks are in
// eight buckets. Two look-ups by nibble say for 16 bytes at once in which buckets' marks each may be the first of these,
// two more the second, two the third (Teddy, of Hyperscan). What passes is looked up by a hash of the three bytes, and
// compared. Marks of one byte have buckets of their own, which say all.
import { sameBytes } from './bytes';
import {
  BLOCK, BLOCK_BYTES, FOUND, MARK_BYTES, MARKS, MAX_MARKS, MAX_OWNERS, MEMORY_END, NIBBLES, ONE_BYTE_OWNERS,
  OWNER_BYTES, SCRATCH, SCRATCH_BYTES, SLOT_MARKS, SLOTS, TEXT_BYTES, TEXTS,
} from './marks-layout';

// Tables of NIBBLES: bytes first, second and third at a mark's rarest place; marks of one byte.
const FIRST: usize = 0;
const SECOND: usize = 32;
const THIRD: usize = 64;
const ONE: usize = 96;

let marks: i32 = 0;
let textBytes: usize = 0;

export function foundAt(): usize {
  return FOUND;
}
export function maxOwners(): i32 {
  return MAX_OWNERS;
}
export function scratchAt(): usize {
  return SCRATCH;
}
export function scratchBytes(): usize {
  return SCRATCH_BYTES;
}
export function blockAt(): usize {
  return BLOCK;
}
export function blockBytes(): usize {
  return BLOCK_BYTES;
}
export function memoryEnd(): usize {
  return MEMORY_END;
}

/** A mark of one ASCII byte, alone in its bucket of 0 to 7. */
export function addByte(byte: i32, bucket: i32, owner: i32): void {
  addNibbles(ONE, byte, bucket);
  setBit(ONE_BYTE_OWNERS + <usize>bucket * OWNER_BYTES + wordOf(owner), bitOf(owner));
}

/** The mark of `length` ASCII bytes in SCRATCH, three at least, whose rarest place is `rare`. False: there is no room. */
export function addMark(length: i32, rare: i32, bucket: i32, owner: i32): bool {
  if (marks == MAX_MARKS || textBytes + length > TEXT_BYTES) return false;
  marks += 1;
  const text = TEXTS + textBytes;
  memory.copy(text, SCRATCH, length);
  textBytes += length;
  addNibbles(FIRST, <i32>load<u8>(text + rare), bucket);
  addNibbles(SECOND, <i32>load<u8>(text + rare, 1), bucket);
  addNibbles(THIRD, <i32>load<u8>(text + rare, 2), bucket);
  const slot = slotOf(text + rare);
  const at = MARKS + <usize>marks * MARK_BYTES;
  store<u32>(at, <u32>text);
  store<u16>(at, <u16>length, 4);
  store<u16>(at, <u16>rare, 6);
  store<u32>(at, <u32>(FOUND + wordOf(owner)), 8);
  store<u32>(at, bitOf(owner), 12);
  store<u16>(at, load<u16>(slot), 16);
  store<u16>(slot, <u16>marks);
  return true;
}

/** Adds the owners of the marks in [from, end) to FOUND. */
export function scan(from: usize, end: usize): void {
  let seen = i8x16.splat(0);
  const firstLow = v128.load(NIBBLES + FIRST);
  const firstHigh = v128.load(NIBBLES + FIRST, 16);
  const secondLow = v128.load(NIBBLES + SECOND);
  const secondHigh = v128.load(NIBBLES + SECOND, 16);
  const thirdLow = v128.load(NIBBLES + THIRD);
  const thirdHigh = v128.load(NIBBLES + THIRD, 16);
  const oneLow = v128.load(NIBBLES + ONE);
  const oneHigh = v128.load(NIBBLES + ONE, 16);
  const nibble = i8x16.splat(0x0f);
  const zero = i8x16.splat(0);
  const lanes = i8x16(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
  // Of the step before.
  let lastFirst = zero;
  let lastSecond = zero;
  for (let at = from; at < end; ) {
    const start = at - 2;
    let places: u64 = 0;
    // Branches on what passes are guessed wrong: 64 bytes have one.
    for (let step: u64 = 0; step < 64 && at < end; step += 16, at += 16) {
      const bytes = v128.load(at);
      const low = v128.and(bytes, nibble);
      const high = v128.and(i16x8.shr_u(bytes, 4), nibble);
      const first = v128.and(pick(firstLow, low), pick(firstHigh, high));
      const second = v128.and(pick(secondLow, low), pick(secondHigh, high));
      const third = v128.and(pick(thirdLow, low), pick(thirdHigh, high));
      const two = v128.and(
        v128.shuffle<u8>(lastFirst, first, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29),
        v128.shuffle<u8>(lastSecond, second, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30),
      );
      const none = i8x16.eq(v128.and(two, third), zero);
      places |= <u64>(i8x16.bitmask(none) ^ 0xffff) << step;
      lastFirst = first;
      lastSecond = second;
      let ones = v128.and(pick(oneLow, low), pick(oneHigh, high));
      // What stands behind the record is another's. Longer marks are compared within the record.
      if (end - at < 16) ones = v128.and(ones, i8x16.lt_u(lanes, i8x16.splat(<i8>(end - at))));
      seen = v128.or(seen, ones);
    }
    for (; places != 0; places &= places - 1) {
      const place = start + <usize>ctz(places);
      const mark = load<u16>(slotOf(place));
      if (mark != 0) compare(mark, place, from, end);
    }
  }
  if (v128.any_true(seen)) addOwnersOf(seen);
}

/** Adds the owners of the marks of a slot, from `first` on, whose rarest place is `place`. */
function compare(first: u16, place: usize, from: usize, end: usize): void {
  for (let mark = first; mark != 0; ) {
    const entry = MARKS + <usize>mark * MARK_BYTES;
    const word = <usize>load<u32>(entry, 8);
    const owner = load<u32>(entry, 12);
    const text = place - <usize>load<u16>(entry, 6);
    const length = <usize>load<u16>(entry, 4);
    const isWithin = text >= from && text + length <= end;
    const isNew = isWithin && (load<u32>(word) & owner) == 0;
    if (isNew && sameBytes(<usize>load<u32>(entry), text, length)) setBit(word, owner);
    mark = load<u16>(entry, 16);
  }
}

/** Adds the owners of the marks of one byte, by the buckets in any of the 16 lanes. */
function addOwnersOf(seen: v128): void {
  let buckets = i64x2.extract_lane(seen, 0) | i64x2.extract_lane(seen, 1);
  buckets |= buckets >> 32;
  buckets |= buckets >> 16;
  buckets |= buckets >> 8;
  for (let bits = <i32>buckets & 0xff; bits != 0; bits &= bits - 1) {
    const owners = ONE_BYTE_OWNERS + <usize>ctz(bits) * OWNER_BYTES;
    for (let word: usize = 0; word < OWNER_BYTES; word += 16) {
      v128.store(FOUND + word, v128.or(v128.load(FOUND + word), v128.load(owners + word)));
    }
  }
}

// @ts-ignore: decorator
@inline
function wordOf(owner: i32): usize {
  return (<usize>owner >> 5) << 2;
}
// @ts-ignore: decorator
@inline
function bitOf(owner: i32): u32 {
  return <u32>1 << (owner & 31);
}
// @ts-ignore: decorator
@inline
function setBit(word: usize, bit: u32): void {
  store<u32>(word, load<u32>(word) | bit);
}

/** Lets a byte pass for the bucket, by the low nibbles of a table and by the high ones behind them. */
function addNibbles(table: usize, byte: i32, bucket: i32): void {
  const low = NIBBLES + table + (byte & 15);
  const high = NIBBLES + table + 16 + (byte >> 4);
  store<u8>(low, load<u8>(low) | (<u8>1 << <u8>bucket));
  store<u8>(high, load<u8>(high) | (<u8>1 << <u8>bucket));
}

/** What a table has for each nibble. */
// @ts-ignore: decorator
@inline
function pick(table: v128, nibbles: v128): v128 {
  return i8x16.relaxed_swizzle(table, nibbles);
}

/** Place of the slot of three bytes. */
// @ts-ignore: decorator
@inline
function slotOf(at: usize): usize {
  const hash = (load<u32>(at) & 0xff_ffff) * 0x9e37_79b1;
  return SLOT_MARKS + ((<usize>(hash >> 21) & (SLOTS - 1)) << 1);
}
