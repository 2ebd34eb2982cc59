// The `key=value` pairs of FortiOS records: which key each has, where its value ends, whether the value is known.
// Most pairs repeat those of the record before, and keys come in the order in which they came last time: one comparison
// finds both. What values mean is up to JavaScript, which gives each new one a code.
import { sameBytes, setSeed } from './bytes';
import {
  ENTRIES, ESCAPED, INPUT, INPUT_BYTES, MAX_TOKENS, MEMORY_END, MISS_BYTES, MISSES, SLOTS, TOKEN_ABSENT, TOKEN_BYTES,
  TOKENS,
} from './layout';
import { bareEnd, escaped, high, isAbsent, isSeparator, quotedEnd, readDigits } from './scan';
import {
  addSlot, codeIn, entryOf, findSlot, forgetPairs, forgetSlots, highOf, isAbsentSlot, keyLength, keyOf, kindOf,
  lastLength, markOf, nextOf, numberOf, remember, repeatsAt, setLastLength, setNext, setValue, slotAt,
} from './slots';
import { codeOf, entryFor, forgetValues, hasRoom, isNew, nameless, PENDING, RECORD_BYTES } from './values';

export { setSeed, addSlot };

// Results of `scan` beside the number of tokens.
const LONG_WAY: i32 = -1;
const NEW_KEY: i32 = -2;

// As Kind of src/fortigate/key-slots.ts.
const LONG: i32 = 2;
const PORT: i32 = 3;
const SECONDS: i32 = 4;
const DATE: i32 = 7;
const EVENTTIME: i32 = 10;
const NEEDS_LONG_WAY: i32 = 16;

const EQUALS: i32 = 0x3d;
const SPACE: i32 = 0x20;
const QUOTE: i32 = 0x22;
const MAX_KEY: usize = 256;
const MAX_PORT: f64 = 65_535;
const MAX_SECONDS: f64 = 9_007_199;
const NANOS: f64 = 1_000_000_000;
const NO_TIME: f64 = -1;
const UNSAFE_TIME: f64 = -2;
const MICROS: f64 = 1_000_000;
/** Where the keys stand by which a record is recognised. */
const HEAD: usize = 400;

let firstSlot: i32 = -1;
let tokens: i32 = 0;
let misses: i32 = 0;
let marks: u32 = 0;
let highSeen: u32 = 0;
/** Of a record with a new key. */
let keyFrom: usize = 0;
let keyTo: usize = 0;

export function inputAt(): usize {
  return INPUT;
}
export function inputBytes(): usize {
  return INPUT_BYTES;
}
export function tokensAt(): usize {
  return TOKENS;
}
export function missesAt(): usize {
  return MISSES;
}
export function entriesAt(): usize {
  return ENTRIES;
}
export function slotsAt(): usize {
  return SLOTS;
}
export function memoryEnd(): usize {
  return MEMORY_END;
}
export function missCount(): i32 {
  return misses;
}
export function marksSeen(): u32 {
  return marks;
}
export function sawHighBit(): u32 {
  return highSeen;
}
export function newKeyFrom(): usize {
  return keyFrom;
}
export function newKeyTo(): usize {
  return keyTo;
}

/** Codes given so far mean nothing any more. */
export function forgetCodes(): void {
  forgetValues();
  forgetPairs();
}

/** Keys, too. */
export function forgetAll(): void {
  firstSlot = -1;
  forgetSlots();
  forgetValues();
}

/** The pairs of [from, end): the number of tokens, LONG_WAY, or NEW_KEY, after which the record is scanned again. */
export function scan(from: usize, end: usize): i32 {
  if (end - from > RECORD_BYTES) return LONG_WAY;
  if (!hasRoom()) forgetCodes();
  tokens = 0;
  misses = 0;
  marks = 0;
  highSeen = 0;
  let previous: i32 = -1;
  let at = from;
  while (at < end) {
    if (tokens == MAX_TOKENS) return LONG_WAY;
    let slot = previous < 0 ? firstSlot : nextOf(slotAt(previous));
    let place: usize = slot < 0 ? 0 : slotAt(slot);
    const length: usize = slot < 0 ? 0 : lastLength(place);
    if (length > 0 && at + length <= end && codeIn(place) != PENDING && repeatsAt(place, at)) {
      noteMark(place, from, at);
      highSeen |= highOf(place);
      emit(slot, place);
      at += length - 1;
    } else {
      let valueAt: usize = 0;
      if (slot >= 0) valueAt = behindKey(place, at, end);
      if (valueAt == 0) {
        let equals = at;
        let bits: u32 = 0;
        for (; equals < end; equals++) {
          const byte = <u32>load<u8>(equals);
          if (byte == EQUALS) break;
          bits |= byte;
        }
        highSeen |= bits >> 7;
        if (equals == end) break;
        slot = slotBefore(at, equals, previous);
        if (slot < 0) return slot;
        place = slotAt(slot);
        valueAt = equals + 1;
      }
      const keyAt = valueAt - 1 - keyLength(place);
      noteMark(place, from, keyAt);
      const isQuoted = valueAt < end && load<u8>(valueAt) == QUOTE;
      if (isQuoted) valueAt += 1;
      const valueEnd = isQuoted ? quotedEnd(valueAt, end) : bareEnd(valueAt, end);
      if (valueEnd == 0) return LONG_WAY;
      highSeen |= high;
      at = valueEnd + 1;
      setLastLength(place, 0);
      if (keyLength(place) > 0) {
        if (!readValue(slot, place, valueAt, valueEnd)) return LONG_WAY;
        emit(slot, place);
        // A quote ends a value together with what follows it.
        const next = isQuoted ? valueEnd + 2 : valueEnd + 1;
        if (!escaped && next <= end) remember(place, keyAt, next, high);
      }
    }
    while (at < end && isSeparator(load<u8>(at))) at++;
    previous = slot;
  }
  return tokens;
}

function emit(slot: i32, place: usize): void {
  const absent = isAbsentSlot(place);
  // Of keys that say what the record is, empty ones count, too.
  if (absent != 0 && kindOf(place) < DATE) return;
  const at = TOKENS + <usize>tokens * TOKEN_BYTES;
  store<u32>(at, <u32>slot | (absent != 0 ? TOKEN_ABSENT : 0));
  store<i32>(at, codeIn(place), 4);
  store<f64>(at, numberOf(place), 8);
  tokens += 1;
}

/** Does a key by which a record is recognised stand where it is looked for? */
// @ts-ignore: decorator
@inline
function noteMark(place: usize, from: usize, keyAt: usize): void {
  const mark = markOf(place);
  if (mark == 0) return;
  const valueAt = keyAt + keyLength(place) + 1;
  if (valueAt - from <= HEAD && keyAt > from && load<u8>(keyAt - 1) == SPACE) marks |= mark;
}

/** Place behind `key=` when it stands at `at`, else 0. */
function behindKey(place: usize, at: usize, end: usize): usize {
  const length = keyLength(place);
  if (at + length >= end || !sameBytes(keyOf(place), at, length)) return 0;
  return load<u8>(at + length) == EQUALS ? at + length + 1 : 0;
}

/** Slot of the key that ends at `equals`, henceforth expected behind `previous`; LONG_WAY or NEW_KEY. */
function slotBefore(from: usize, equals: usize, previous: i32): i32 {
  let keyAt = equals;
  while (keyAt > from && load<u8>(keyAt - 1) != SPACE) keyAt--;
  if (equals - keyAt > MAX_KEY) return LONG_WAY;
  const slot = findSlot(keyAt, equals - keyAt);
  if (slot < 0) {
    for (let at = keyAt; at < equals; at++) if (load<u8>(at) > 0x7f) return LONG_WAY;
    keyFrom = keyAt;
    keyTo = equals;
    return NEW_KEY;
  }
  if (previous < 0) firstSlot = slot;
  else setNext(slotAt(previous), slot);
  return slot;
}

/** Reads [from, to), without quotes. False: the long way. */
function readValue(slot: i32, place: usize, from: usize, to: usize): bool {
  const kind = kindOf(place);
  const length = to - from;
  if (kind == NEEDS_LONG_WAY) return false;
  if (escaped) {
    // Numbers and times have no backslashes.
    if ((kind >= LONG && kind <= SECONDS) || kind == EVENTTIME) return false;
    setValue(place, 0, nameless(), 0, 0);
    miss(slot, from, <u32>to | ESCAPED, entryOf(place));
    return true;
  }
  const absent = isAbsent(from, length);
  if (kind == EVENTTIME) {
    setValue(place, absent ? 1 : 0, 0, 0, readEventtime(from, length));
    return true;
  }
  if (length == 0 || (absent && kind < DATE)) {
    setValue(place, 1, 0, 0, 0);
    return true;
  }
  if (kind >= LONG && kind <= SECONDS) {
    const value = readDigits(from, length);
    if (value < 0 || (kind == PORT && value > MAX_PORT) || (kind == SECONDS && value > MAX_SECONDS)) return false;
    setValue(place, 0, 0, 0, kind == SECONDS ? value * NANOS : value);
    return true;
  }
  const entry = entryFor(slot, from, length);
  setValue(place, absent ? 1 : 0, entry, isNew ? PENDING : codeOf(entry), 0);
  if (isNew) miss(slot, from, <u32>to, entry);
  return true;
}

function miss(slot: i32, from: usize, to: u32, entry: u32): void {
  const at = MISSES + <usize>misses * MISS_BYTES;
  store<u32>(at, <u32>slot);
  store<u32>(at, <u32>from, 4);
  store<u32>(at, to, 8);
  store<u32>(at, entry, 12);
  // It is the next one.
  store<u32>(at, <u32>tokens, 16);
  misses += 1;
}

/** As src/fortigate/columns/eventtime.ts: ns, µs or s, as µs. */
function readEventtime(from: usize, length: usize): f64 {
  if (length != 19 && length != 16 && length != 10) return NO_TIME;
  for (let at: usize = 0; at < length; at++) if (<u32>load<u8>(from + at) - 0x30 > 9) return NO_TIME;
  const value = readDigits(from, min<usize>(length, 16));
  if (value < 0) return UNSAFE_TIME;
  return length == 10 ? value * MICROS : value;
}
