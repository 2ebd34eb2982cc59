import type { ByteDictionary } from '@logmaster/core/event/columns/byte-dictionary';

/** Longer values are no minimum or maximum worth keeping. */
const MAX_STATISTIC_BYTES = 64;

/** The values that occur, in the order in which they do first, with the place of each code among them. */
export function usedValues(codes: Int32Array, count: number, { size, bytes, offsets }: ByteDictionary) {
  const places = new Int32Array(size + 1).fill(-1);
  const order = new Int32Array(Math.min(size, count));
  let found = 0;
  let total = 0;
  let least = 0;
  let most = 0;
  let longest = 0;
  for (let index = 0; index < count; index++) {
    const code = codes[index] as number;
    if (places[code] !== -1) continue;
    places[code] = found;
    order[found++] = code;
    const length = (offsets[code] as number) - (offsets[code - 1] as number);
    total += length;
    if (length > longest) longest = length;
    if (least === 0 || compare(code, least) < 0) least = code;
    if (most === 0 || compare(code, most) > 0) most = code;
  }
  const value = (code: number) =>
    longest > MAX_STATISTIC_BYTES || code === 0
      ? undefined
      : bytes.slice(offsets[code - 1] as number, offsets[code] as number);
  return { places, order, size: found, bytes: total, least: value(least), most: value(most) };

  function compare(a: number, b: number): number {
    let at = offsets[a - 1] as number;
    let other = offsets[b - 1] as number;
    const end = offsets[a] as number;
    const otherEnd = offsets[b] as number;
    while (at < end && other < otherEnd) {
      const difference = (bytes[at++] as number) - (bytes[other++] as number);
      if (difference !== 0) return difference;
    }
    return end - at - (otherEnd - other);
  }
}
