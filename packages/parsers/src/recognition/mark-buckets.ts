/** Characters from the most frequent in logs to the rarest; all others are rarer still. */
const FREQUENT = ' 01e2t"3ioa.s5n=-r:c4d,6_l98p7fum/SghTNEDAwPvIybORLkCUMFBVG][xHKWX()jqzYJQZ';
const ASCII = 128;
const BUCKETS = 8;
/** Characters of a mark by which it is found. */
const WIDTH = 3;

/** About what part of a record each character is: text is flatter at its top than the reciprocal of the rank. */
const FREQUENCIES = partsOf(
  Array.from({ length: ASCII }, (_, code) => {
    const rank = FREQUENT.indexOf(String.fromCharCode(code));
    return rank < 0 ? 0.0005 : 1 / (10 + rank * (1 + rank / 20));
  }),
);
/** Each mark is placed again among all others so often; more changes little. */
const ROUNDS = 2;

/** ASCII characters of which some have one of these low nibbles, and some one of these high ones: all of them pass. */
interface Nibbles {
  readonly low: number;
  readonly high: number;
}

/** Of the neighbouring characters of a bucket's marks. */
type Sets = readonly Nibbles[];

const NOTHING: Sets = Array.from({ length: WIDTH }, () => ({ low: 0, high: 0 }));

export interface MarkPlace {
  /** Where the characters by which the mark is found begin. */
  readonly at: number;
  /** 0 to 7. */
  readonly bucket: number;
}

/**
 * Chooses by which three neighbouring characters each mark is found, and in which bucket, so that little else passes.
 * @param marks of three characters at least; long ones have a choice of places, so they come last
 */
export function placeMarks(marks: readonly string[]): readonly MarkPlace[] {
  const places: MarkPlace[] = [];
  const buckets = Array.from({ length: BUCKETS }, () => NOTHING);
  for (let round = 0; round <= ROUNDS; round++) {
    for (const [index, mark] of marks.entries()) {
      const before = places[index];
      if (before !== undefined) buckets[before.bucket] = setsOf(marks, places, before.bucket, index);
      const place = bestPlace(mark, buckets);
      places[index] = place;
      buckets[place.bucket] = withMark(buckets[place.bucket] as Sets, mark, place.at);
    }
  }
  return places;
}

function bestPlace(mark: string, buckets: readonly Sets[]): MarkPlace {
  let best: MarkPlace | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (const [bucket, sets] of buckets.entries()) {
    const before = frequencyOf(sets);
    for (let at = 0; at + WIDTH <= mark.length; at++) {
      const more = frequencyOf(withMark(sets, mark, at)) - before;
      if (more >= least) continue;
      least = more;
      best = { at, bucket };
    }
  }
  if (best === undefined) throw new RangeError(`the mark ${JSON.stringify(mark)} is too short`);
  return best;
}

/** What passes for a bucket's marks, but for the one at `except`. */
function setsOf(marks: readonly string[], places: readonly MarkPlace[], bucket: number, except: number): Sets {
  let sets = NOTHING;
  for (const [index, place] of places.entries()) {
    if (place.bucket === bucket && index !== except) sets = withMark(sets, marks[index] as string, place.at);
  }
  return sets;
}

function withMark(sets: Sets, mark: string, at: number): Sets {
  return sets.map(({ low, high }, offset) => {
    const code = mark.charCodeAt(at + offset);
    return { low: low | (1 << (code & 15)), high: high | (1 << (code >> 4)) };
  });
}

/** How often a place of a record passes. */
function frequencyOf(sets: Sets): number {
  return sets.reduce((product, set) => product * partOf(set), 1);
}

const known = new Map<number, number>();

function partOf({ low, high }: Nibbles): number {
  const key = (low << 8) | high;
  const before = known.get(key);
  if (before !== undefined) return before;
  let sum = 0;
  for (let code = 0; code < ASCII; code++) {
    if ((low & (1 << (code & 15))) !== 0 && (high & (1 << (code >> 4))) !== 0) sum += FREQUENCIES[code] as number;
  }
  known.set(key, sum);
  return sum;
}

function partsOf(amounts: readonly number[]): readonly number[] {
  const all = amounts.reduce((sum, amount) => sum + amount, 0);
  return amounts.map((amount) => amount / all);
}
