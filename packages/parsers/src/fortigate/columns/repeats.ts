import type { KeySlot } from '../key-slots.ts';

/** Pairs that a record has as the one before it had them: kept in their slot, known by one comparison. */

/** Position of the byte that ends the pair, when the bytes at `at` are those of last time; else −1. Four at a time. */
export function repeatEnd(view: DataView, at: number, end: number, slot: KeySlot): number {
  const { lastView: pair, lastLength: length } = slot;
  if (at + length > end) return -1;
  let index = 0;
  for (; index + 4 <= length; index += 4) {
    if (view.getInt32(at + index, true) !== pair.getInt32(index, true)) return -1;
  }
  for (; index < length; index++) if (view.getUint8(at + index) !== pair.getUint8(index)) return -1;
  return at + length - 1;
}

/** Keeps key, value and the byte that ends them; longer ones seldom repeat. */
export function remember(slot: KeySlot, bytes: Uint8Array, from: number, to: number, seen: number): void {
  const length = to - from;
  const { lastPair } = slot;
  slot.repeatable = length <= lastPair.length;
  if (!slot.repeatable) return;
  for (let index = 0; index < length; index++) lastPair[index] = bytes[from + index] as number;
  slot.lastLength = length;
  slot.lastSeen = seen;
}
