export interface PatternCount {
  readonly pattern: string;
  readonly count: number;
  /** Id of a record that has it. */
  readonly sample: string;
}

interface Group {
  words: string[];
  pattern: string;
  count: number;
  readonly sample: string;
}

const WILDCARD = '*';
/** Shorter texts are compared whole: there are too few words to tell what is the rest. */
const LEAST_WORDS = 4;
/** Share of words in which two patterns of one kind may differ. */
const DIFFERENT = 0.25;

/**
 * Counts patterns, a bounded number of them. Two patterns of as many words that differ in a few of these become one,
 * with `*` where they differ: `user ali logged in` and `user veli logged in`.
 */
export class PatternTable {
  readonly #most: number;
  readonly #groups: Group[] = [];
  /** Patterns that were a group's own at some time; bounded by being forgotten when there are too many. */
  readonly #known = new Map<string, Group>();
  /** Records whose pattern there was no room for. */
  other = 0;

  constructor(most: number) {
    this.#most = most;
  }

  add(pattern: string, count: number, sample: string): void {
    const group = this.#known.get(pattern) ?? this.#join(pattern) ?? this.#begin(pattern, sample);
    if (group === undefined) {
      this.other += count;
      return;
    }
    group.count += count;
    if (this.#known.size >= this.#most * 4) this.#known.clear();
    this.#known.set(pattern, group);
  }

  /** Most frequent first. */
  get counts(): PatternCount[] {
    const counts = this.#groups.map(({ pattern, count, sample }) => ({ pattern, count, sample }));
    return counts.sort((a, b) => b.count - a.count || (a.pattern < b.pattern ? -1 : 1));
  }

  #join(pattern: string): Group | undefined {
    const words = pattern.split(' ');
    const group = this.#groups.find((one) => one.pattern === pattern || isAlike(one.words, words));
    if (group === undefined) return undefined;
    group.words = group.words.map((word, index) => (word === words[index] ? word : WILDCARD));
    group.pattern = group.words.join(' ');
    return group;
  }

  #begin(pattern: string, sample: string): Group | undefined {
    if (this.#groups.length >= this.#most) return undefined;
    const group = { words: pattern.split(' '), pattern, count: 0, sample };
    this.#groups.push(group);
    return group;
  }
}

function isAlike(a: readonly string[], b: readonly string[]): boolean {
  if (a.length !== b.length || a.length < LEAST_WORDS) return false;
  let left = Math.floor(a.length * DIFFERENT);
  // The first word says what kind of record it is more often than any other.
  if (a[0] !== b[0]) return false;
  for (let at = 1; at < a.length; at++) {
    // A wildcard of earlier joins counts as a difference too: else a group would come to take everything.
    if (a[at] !== b[at] && left-- === 0) return false;
  }
  return true;
}
