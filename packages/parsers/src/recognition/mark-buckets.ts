/** Characters from the most frequent in logs to the rarest; all others are rarer still. */
const FREQUENT = ' 01e2t"3ioa.s5n=-r:c4d,6_l98p7fum/SghTNEDAwPvIybORLkCUMFBVG][xHKWX()jqzYJQZ';
const ASCII = 128;
const BUCKETS = 8;
/** Characters of a mark by which it is found. */
const WIDTH = 3;

/** About how often each character stands in a record: text is flatter at its top than the reciprocal of the rank. */
const FREQUENCIES = Float64Array.from({ length: ASCII }, (_, code) => {
  const rank = FREQUENT.indexOf(String.fromCharCode(code));
  return rank < 0 ? 0.0005 : 1 / (10 + rank * (1 + rank / 20));
});

/** ASCII characters of which some have one of these low nibbles, and some one of these high ones: all of them pass. */
interface Nibbles {
  readonly low: number;
  readonly high: number;
}

const NONE: Nibbles = { low: 0, high: 0 };

interface Bucket {
  readonly sets: readonly Nibbles[];
  /** How often a place of a record passes. */
  readonly frequency: number;
}

interface MarkPlace {
  /** Where the characters by which the mark is found begin. */
  readonly at: number;
  /** 0 to 7. */
  readonly bucket: number;
}

/** Chooses by which three neighbouring characters each mark is found, and in which bucket, so that little else passes. */
export class MarkBuckets {
  private readonly buckets: Bucket[] = Array.from({ length: BUCKETS }, () => ({
    sets: Array.from({ length: WIDTH }, () => NONE),
    frequency: 0,
  }));
  private readonly frequencies = new Map<number, number>();

  /** @param mark of three characters at least */
  place(mark: string): MarkPlace {
    let best: { readonly place: MarkPlace; readonly bucket: Bucket } | undefined;
    let least = Number.POSITIVE_INFINITY;
    for (let at = 0; at + WIDTH <= mark.length; at++) {
      for (const [index, bucket] of this.buckets.entries()) {
        const wider = this.with(bucket, mark, at);
        const more = wider.frequency - bucket.frequency;
        if (more >= least) continue;
        least = more;
        best = { place: { at, bucket: index }, bucket: wider };
      }
    }
    if (best === undefined) throw new RangeError(`the mark ${JSON.stringify(mark)} is too short`);
    this.buckets[best.place.bucket] = best.bucket;
    return best.place;
  }

  private with({ sets }: Bucket, mark: string, at: number): Bucket {
    const wider = sets.map(({ low, high }, place) => {
      const code = mark.charCodeAt(at + place);
      return { low: low | (1 << (code & 15)), high: high | (1 << (code >> 4)) };
    });
    return { sets: wider, frequency: wider.reduce((product, set) => product * this.frequencyOf(set), 1) };
  }

  private frequencyOf({ low, high }: Nibbles): number {
    const key = (low << 8) | high;
    const known = this.frequencies.get(key);
    if (known !== undefined) return known;
    let sum = 0;
    for (let code = 0; code < ASCII; code++) {
      if ((low & (1 << (code & 15))) !== 0 && (high & (1 << (code >> 4))) !== 0) sum += FREQUENCIES[code] as number;
    }
    this.frequencies.set(key, sum);
    return sum;
  }
}
