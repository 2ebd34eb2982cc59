/**
 * Seeded pseudo-random numbers: xoshiro128** (Blackman and Vigna 2018) whose state splitmix32 fills. 32-bit integer
 * arithmetic only, so that the sequence is the same on every machine. Not for secrets.
 */
export interface Random {
  /** Uniform in [0, 1) with 32 bits. */
  next(): number;
  /** Uniform integer in [min, max]. */
  int(min: number, max: number): number;
  pick<T>(items: readonly [T, ...T[]] | readonly T[]): T;
  /** True with the given probability. */
  chance(probability: number): boolean;
  /** Exponentially distributed with the given mean, at most ten means. */
  exponential(mean: number): number;
  /** Lower-case hex digits. */
  hex(digits: number): string;
  /** A generator of its own; what it draws does not move this one. Same seed and label → same sequence. */
  fork(label: string): Random;
}

export function createRandom(seed: number): Random {
  let fill = seed >>> 0;
  const splitmix = () => {
    fill = (fill + 0x9e3779b9) | 0;
    let z = fill;
    z = Math.imul(z ^ (z >>> 16), 0x85ebca6b);
    z = Math.imul(z ^ (z >>> 13), 0xc2b2ae35);
    return z ^ (z >>> 16);
  };
  let [a, b, c, d] = [splitmix(), splitmix(), splitmix(), splitmix()];

  function bits(): number {
    const scrambled = Math.imul(b, 5);
    const result = Math.imul((scrambled << 7) | (scrambled >>> 25), 9);
    const t = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= t;
    d = (d << 11) | (d >>> 21);
    return result >>> 0;
  }
  const next = () => bits() / 0x1_0000_0000;
  const int = (min: number, max: number) => min + Math.floor(next() * (max - min + 1));

  return {
    next,
    int,
    pick: <T>(items: readonly T[]) => items[int(0, items.length - 1)] as T,
    chance: (probability) => next() < probability,
    exponential: (mean) => Math.min(-Math.log(1 - next()) * mean, 10 * mean),
    hex: (digits) => Array.from({ length: digits }, () => (bits() >>> 28).toString(16)).join(''),
    fork: (label) => createRandom(mix(seed, label)),
  };
}

/** FNV-1a over the label's code units, starting from the seed. */
function mix(seed: number, label: string): number {
  let hash = (seed ^ 0x811c9dc5) >>> 0;
  for (let at = 0; at < label.length; at++) hash = Math.imul(hash ^ label.charCodeAt(at), 0x01000193) >>> 0;
  return hash;
}
