/** Vendors of one finder. */
export const MAX_VENDORS = 128;
const WORDS = MAX_VENDORS / 32;

/**
 * Place of a vendor in a set of those whose signs a record shows; those that count with the record's shape only have places of
 * their own, behind all others.
 */
export function placeOf(vendor: number, isShaped: boolean): number {
  return isShaped ? MAX_VENDORS + vendor : vendor;
}

/** Vendors whose signs a record shows, as bits: of some it has to have a shape, too. Memory that is used again. */
export class Candidates {
  private readonly words: Int32Array;

  /** @param words as many as `placeOf` gives places, 32 in each */
  constructor(words = new Int32Array(2 * WORDS)) {
    if (words.length !== 2 * WORDS) throw new RangeError(`${words.length} words are no set of vendors`);
    this.words = words;
  }

  /** Those that need no shape. */
  get areSome(): boolean {
    let all = 0;
    for (let word = 0; word < WORDS; word++) all |= this.words[word] as number;
    return all !== 0;
  }

  /** The candidates are those of another set alone. */
  become({ words }: Candidates): void {
    // Each record begins here: a loop costs some ns more.
    const own = this.words;
    own[0] = words[0] as number;
    own[1] = words[1] as number;
    own[2] = words[2] as number;
    own[3] = words[3] as number;
    own[4] = words[4] as number;
    own[5] = words[5] as number;
    own[6] = words[6] as number;
    own[7] = words[7] as number;
  }

  /** @param isShaped it counts with its shape only */
  add(vendor: number, isShaped: boolean): void {
    const place = placeOf(vendor, isShaped);
    this.words[place >> 5] = (this.words[place >> 5] as number) | (1 << (place & 31));
  }

  /** Does it count without its shape? */
  has(vendor: number): boolean {
    return ((this.words[vendor >> 5] as number) & (1 << (vendor & 31))) !== 0;
  }

  /** The first from `vendor` on, with and without a shape; −1 when there is none. */
  next(vendor: number): number {
    for (let word = vendor >> 5, first = -1 << (vendor & 31); word < WORDS; word++, first = -1) {
      const bits = ((this.words[word] as number) | (this.words[word + WORDS] as number)) & first;
      if (bits !== 0) return word * 32 + (31 - Math.clz32(bits & -bits));
    }
    return -1;
  }
}
