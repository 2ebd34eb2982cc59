import { fold } from '../../query/fold.ts';
import { type Glob, isJoiner, PART_CHARACTERS, type WordPattern } from '../../query/words.ts';
import { standIn } from './stand-in.ts';

/**
 * Words as tokens of a whitespace-analysed field. Parts and what is between them take turns: part, joiners, part,
 * separation, part. So a wildcard at a place of a phrase can only meet a part, and a step that is any part at the end of
 * a phrase says nothing that the token before it does not say.
 */

/** Stands between two parts that joiners do not join. No joiner and no part has this character. */
const SEPARATION = '|';
/** The analyser cuts longer tokens in two. */
const LONGEST_TOKEN = 250;
const PIECES = new RegExp(`[${PART_CHARACTERS}]+|[^${PART_CHARACTERS}]+`, 'gu');
const ASCII_PIECES = /[a-z0-9]+|[^a-z0-9]+/g;
const NOT_ASCII = /[^\0-\x7f]/;
const BEGINS_WITH_PART = new RegExp(`^[${PART_CHARACTERS}]`, 'u');

const token = (text: string) => (text.length > LONGEST_TOKEN ? standIn(text) : text);
const between = (text: string) => (isJoiner(text) ? token(text) : SEPARATION);

export interface Words {
  /** Part, between, part, … part; empty when the text has no word. */
  readonly tokens: readonly string[];
  /** What stands before the first and after the last part. */
  readonly before: string;
  readonly after: string;
  /** A stand-in stands for a part. */
  readonly cut: boolean;
}

/** Cuts a text like `cutWords` and names the separations too. */
export function wordsOf(text: string): Words {
  const folded = fold(text);
  // pieces take turns: only the first one has to be looked at
  const pieces = folded.match(NOT_ASCII.test(folded) ? PIECES : ASCII_PIECES) ?? [];
  const first = pieces[0] === undefined || BEGINS_WITH_PART.test(pieces[0]) ? 0 : 1;
  const endsWithPart = (pieces.length - first) % 2 === 1;
  const end = endsWithPart ? pieces.length : pieces.length - 1;
  const tokens: string[] = [];
  let cut = false;
  for (let at = first; at < end; at++) {
    const piece = pieces[at] as string;
    const isPart = (at - first) % 2 === 0;
    if (isPart && piece.length > LONGEST_TOKEN) cut = true;
    tokens.push(isPart ? token(piece) : between(piece));
  }
  return {
    tokens,
    before: first === 1 ? (pieces[0] as string) : '',
    after: endsWithPart || pieces.length <= first ? '' : (pieces[end] as string),
    cut,
  };
}

/**
 * Tokens of two texts one after the other, of the second only the first `count`. The border cuts no word. Empty when
 * the first text has none: the second one then says it all.
 */
export function acrossBorder(head: Words, tail: Words, count: number): readonly string[] {
  if (head.tokens.length === 0 || tail.tokens.length === 0) return head.tokens;
  return [...head.tokens, between(head.after + tail.before), ...tail.tokens.slice(0, count)];
}

/** What stands at one place of a phrase: a token, any part, or a part of some form. */
export type PhraseStep =
  | { readonly kind: 'token'; readonly token: string }
  | { readonly kind: 'any' }
  | { readonly kind: 'glob'; readonly glob: Glob };

function partStep(glob: Glob): PhraseStep {
  if (glob.every((piece) => typeof piece === 'string')) return { kind: 'token', token: token(glob.join('')) };
  return glob.every((piece) => typeof piece !== 'string' && piece.wild === '*')
    ? { kind: 'any' }
    : { kind: 'glob', glob };
}

/** The phrase that a pattern is; at least one step. */
export function phraseOf(pattern: WordPattern): readonly PhraseStep[] {
  const steps: PhraseStep[] = [];
  for (const [index, { gap, glob }] of pattern.entries()) {
    if (index > 0) steps.push({ kind: 'token', token: gap === null ? SEPARATION : token(gap) });
    steps.push(partStep(glob));
  }
  return trimmed(steps);
}

/** Without any-part steps at the ends: between two parts there is always a token, and where that is, the parts are. */
export function trimmed(steps: readonly PhraseStep[]): readonly PhraseStep[] {
  const first = steps.length > 1 && steps[0]?.kind === 'any' ? 1 : 0;
  const last = steps.length - first > 1 && steps.at(-1)?.kind === 'any' ? -1 : undefined;
  return steps.slice(first, last);
}

/** Lucene wildcard text of a glob. */
export function wildcardText(glob: Glob): string {
  return glob.map((piece) => (typeof piece === 'string' ? piece.replace(/[\\*?]/g, '\\$&') : piece.wild)).join('');
}

/**
 * For a glob without any letter, a Lucene regular expression of the parts it stands for: not a joiner, a separation or
 * a stand-in. Undefined for other globs, which can meet none of these.
 */
export function partsOfLength(glob: Glob): string | undefined {
  if (glob.some((piece) => typeof piece === 'string')) return undefined;
  const length = glob.filter((piece) => typeof piece !== 'string' && piece.wild === '?').length;
  const open = glob.some((piece) => typeof piece !== 'string' && piece.wild === '*');
  return `[^#|.:\\-_@/]{${length}${open ? ',' : ''}}`;
}
