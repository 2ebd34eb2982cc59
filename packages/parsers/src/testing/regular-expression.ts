/**
 * Finds regular expressions whose time can grow faster than the length of a text. Not a proof: it looks for the three
 * shapes that do it in practice, and rather blames too much than too little.
 *
 * A repetition is *open* when nothing below MOST bounds it.
 */
const MOST = 1024;
/** A repeated group of at most so many turns costs a constant. */
const FEW = 4;
const CODES = 256;

type Chars = readonly boolean[];

interface Element {
  /** What it takes; undefined for what takes nothing: anchors, look-arounds. */
  readonly chars: Chars | undefined;
  readonly alternatives?: readonly Element[][];
  readonly min: number;
  readonly max: number;
}

const overlap = (a: Chars | undefined, b: Chars | undefined) => !!a && !!b && a.some((has, code) => has && b[code]);
const isOpen = ({ max }: Element) => max > MOST;
const holdsOpen = (element: Element): boolean =>
  isOpen(element) || (element.alternatives?.some((sequence) => sequence.some(holdsOpen)) ?? false);
const isVariable = ({ min, max }: Element) => max > min && max > 1;
const union = (all: readonly (Chars | undefined)[]): Chars =>
  Array.from({ length: CODES }, (_, code) => all.some((chars) => chars?.[code]));
const canBeEmpty = (element: Element): boolean =>
  element.min === 0 ||
  element.chars === undefined ||
  (element.alternatives?.some((sequence) => sequence.every(canBeEmpty)) ?? false);

/** What is wrong with it; undefined for nothing that is seen. */
export function slowness(source: string, flags: string): string | undefined {
  const alternatives = new Reader(source, flags).read();
  const isAnchored = (sequence: readonly Element[]) => sequence[0]?.chars === undefined && sequence.length > 0;
  for (const sequence of alternatives) {
    const fault = ambiguity(sequence) ?? (flags.includes('y') || isAnchored(sequence) ? undefined : restarts(sequence));
    if (fault !== undefined) return fault;
  }
  return undefined;
}

/** Two ways to share a text between repetitions: all of them are tried. */
function ambiguity(given: readonly Element[]): string | undefined {
  const sequence = given.flatMap(unwrapped);
  for (const [index, element] of sequence.entries()) {
    for (const inner of element.alternatives ?? []) {
      const fault = ambiguity(inner) ?? (element.max > FEW ? turns(inner, element.alternatives ?? []) : undefined);
      if (fault !== undefined) return fault;
    }
    if (!isOpen(element)) continue;
    for (const later of sequence.slice(index + 1)) {
      const meets = overlap(element.chars, beginning(later));
      if (meets && holdsOpen(later)) return 'two open repetitions can take the same text';
      // It ends where this begins, wherever that is.
      if (!meets && !canBeEmpty(later)) break;
    }
  }
  return undefined;
}

/** A turn of a repeated group that ends with a repetition which could go on as the next turn. */
function turns(turn: readonly Element[], alternatives: readonly (readonly Element[])[]): string | undefined {
  const first = union(alternatives.map(firstOf));
  for (const element of turn.toReversed()) {
    if (isVariable(element) && overlap(element.chars, first)) return 'a repetition inside a repetition is ambiguous';
    if (!canBeEmpty(element)) return undefined;
  }
  return undefined;
}

/** An open repetition that is begun again at each character of a text it can take. */
function restarts(given: readonly Element[]): string | undefined {
  const sequence = given.flatMap(unwrapped);
  for (const [index, element] of sequence.entries()) {
    if (!isOpen(element)) continue;
    const cannotFail = sequence.slice(index + 1).every((later) => later.chars !== undefined && canBeEmpty(later));
    if (cannotFail) continue;
    const before = sequence.slice(0, index);
    if (!before.some((one) => !canBeEmpty(one) && !overlap(one.chars, element.chars)))
      return 'an open repetition is tried again at each place: anchor it, make it sticky or bound it';
  }
  return undefined;
}

function beginning({ chars, alternatives }: Element): Chars | undefined {
  return alternatives === undefined ? chars : union(alternatives.map(firstOf));
}

function firstOf(sequence: readonly Element[]): Chars {
  const first: (Chars | undefined)[] = [];
  for (const element of sequence) {
    first.push(beginning(element));
    if (!canBeEmpty(element)) break;
  }
  return union(first);
}

/** A group of one alternative that stands there once is its elements. */
function unwrapped(element: Element): readonly Element[] {
  const [only, ...others] = element.alternatives ?? [];
  return only !== undefined && others.length === 0 && element.max === 1 ? only.flatMap(unwrapped) : [element];
}

/** Reads a pattern into elements. The pattern is one that JavaScript has accepted. */
class Reader {
  readonly #source: string;
  readonly #flags: string;
  #at = 0;

  constructor(source: string, flags: string) {
    this.#source = source;
    this.#flags = flags.replace(/[gyd]/g, '');
  }

  read(): Element[][] {
    const alternatives: Element[][] = [[]];
    while (this.#at < this.#source.length && this.#source[this.#at] !== ')') {
      if (this.#source[this.#at] === '|') {
        this.#at++;
        alternatives.push([]);
      } else alternatives.at(-1)?.push(this.#repeated(this.#atom()));
    }
    return alternatives;
  }

  #atom(): Omit<Element, 'min' | 'max'> {
    const group = /\((?:\?(?:<?[=!]|:|<\w{1,64}>))?/y;
    group.lastIndex = this.#at;
    const opening = group.exec(this.#source)?.[0];
    if (opening !== undefined) {
      this.#at += opening.length;
      const alternatives = this.read();
      this.#at++;
      if (/[=!]$/.test(opening)) return { chars: undefined };
      return { alternatives, chars: union(alternatives.flat().map(({ chars }) => chars)) };
    }
    const piece = /\[(?:[^\]\\]|\\.)*]|\\(?:[bB]|[pP]\{[^}]*}|k<\w+>|u\{[^}]*}|u.{4}|x..|c.|.)|./sy;
    piece.lastIndex = this.#at;
    const text = piece.exec(this.#source)?.[0] ?? '';
    this.#at += text.length;
    if (text === '^' || text === '$' || text === '\\b' || text === '\\B') return { chars: undefined };
    if (/^\\(?:k|[1-9])/.test(text)) return { chars: Array.from({ length: CODES }, () => true) };
    const one = new RegExp(`^${text}$`, this.#flags);
    return { chars: Array.from({ length: CODES }, (_, code) => one.test(String.fromCharCode(code))) };
  }

  #repeated(atom: Omit<Element, 'min' | 'max'>): Element {
    const quantifier = /(?:([*+?])|\{(\d+)(,?)(\d*)})\??/y;
    quantifier.lastIndex = this.#at;
    const found = quantifier.exec(this.#source);
    if (found === null) return { ...atom, min: 1, max: 1 };
    this.#at += found[0].length;
    const [, sign, least, comma, most] = found;
    if (sign !== undefined)
      return { ...atom, min: sign === '+' ? 1 : 0, max: sign === '?' ? 1 : Number.POSITIVE_INFINITY };
    const min = Number(least);
    return { ...atom, min, max: comma === '' ? min : most === '' ? Number.POSITIVE_INFINITY : Number(most) };
  }
}
