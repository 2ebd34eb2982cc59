/** Some of the numbers 0 to 63, as bits. */
export interface VendorSet {
  /** 0 to 31. */
  readonly low: number;
  readonly high: number;
}

export const MAX_VENDORS = 64;
export const NOBODY: VendorSet = { low: 0, high: 0 };

export function setOf(numbers: Iterable<number>): VendorSet {
  let [low, high] = [0, 0];
  for (const number of numbers) {
    if (number < 32) low |= 1 << number;
    else high |= 1 << (number - 32);
  }
  return { low, high };
}

/** The least of `bits`, of which one is set at least. */
export function leastOf(bits: number): number {
  return 31 - Math.clz32(bits & -bits);
}
