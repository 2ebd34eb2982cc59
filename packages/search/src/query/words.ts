import { fold, foldSource, hasVariants } from './fold.ts';

/**
 * What a word is, for every engine. Letters, digits and combining marks make a part. Joiners (. : - _ @ /) directly
 * between two parts belong to the word: `10.0.0.1:443` is one word made of five parts, and any stretch of whole parts
 * of it is found: `10.0.0.1`, `443`, `0.1`. Everything else separates words.
 */
export const PART_CHARACTERS = '\\p{L}\\p{N}\\p{M}';
const PART = PART_CHARACTERS;
const JOINERS = '.:\\-_@/';
const CUT = new RegExp(`[${PART}]+|[^${PART}]+`, 'gu');
const IS_PART = new RegExp(`^[${PART}]`, 'u');
const ONLY_JOINERS = /^[.:\-_@/]+$/;

/** Whether what is between two parts joins them. */
export const isJoiner = (text: string) => ONLY_JOINERS.test(text);

/** `*` stands for any number of letters and digits of the same part, `?` for one. */
export type GlobPiece = string | { readonly wild: '*' | '?' };
export type Glob = readonly GlobPiece[];

/** One part of a searched word or phrase and what must stand before it. */
export interface WordStep {
  /** Joiners between this part and the one before, exactly; null for a separation (or for the first step). */
  readonly gap: string | null;
  readonly glob: Glob;
}
export type WordPattern = readonly WordStep[];

/**
 * Text as a list of tokens: folded parts, and the joiners between two parts. A phrase query over these tokens, kept in
 * order by a whitespace analyser, is the same search as `patternTests`.
 */
export function cutWords(text: string): string[] {
  const pieces = fold(text).match(CUT) ?? [];
  return pieces.filter(
    (piece, index) => IS_PART.test(piece) || (index > 0 && index < pieces.length - 1 && ONLY_JOINERS.test(piece)),
  );
}

/** A searched word or phrase, with wildcards as pieces; empty when there is nothing to search for in it. */
export function wordPattern(glob: Glob): WordPattern {
  const steps: { gap: string | null; glob: GlobPiece[] }[] = [];
  let gap: string | null = null;
  let open: { gap: string | null; glob: GlobPiece[] } | undefined;
  const add = (piece: GlobPiece) => {
    if (!open) {
      open = { gap: steps.length === 0 ? null : gap, glob: [] };
      steps.push(open);
    }
    open.glob.push(piece);
  };
  for (const piece of glob) {
    if (typeof piece !== 'string') {
      add(piece);
      continue;
    }
    for (const run of fold(piece).match(CUT) ?? []) {
      if (IS_PART.test(run)) add(run);
      else {
        open = undefined;
        gap = ONLY_JOINERS.test(run) ? run : null;
      }
    }
  }
  return steps;
}

function globSource(glob: Glob, any: string, one: string): string {
  if (glob.every((piece) => typeof piece !== 'string' && piece.wild === '*')) return `${one}+`;
  return glob.map((piece) => (typeof piece === 'string' ? foldSource(piece) : piece.wild === '*' ? any : one)).join('');
}

/** A fast test that never misses a match: a plain text that must be there, or a regular expression. */
export type QuickTest = { readonly literal: string } | { readonly source: string };

export interface PatternTests {
  /** Null when there is nothing to test quickly. */
  readonly likely: QuickTest | null;
  /** Regular expression source (RE2 and JavaScript `u`) that decides. */
  readonly exact: string;
}

export function patternTests(pattern: WordPattern): PatternTests {
  const part = `[${PART}]`;
  const other = `[^${PART}]`;
  const separation = `${other}*[^${PART}${JOINERS}]${other}*`;
  let inner = '';
  for (const [index, step] of pattern.entries()) {
    if (index > 0) inner += step.gap === null ? separation : foldSource(step.gap);
    inner += globSource(step.glob, `${part}*`, part);
  }
  const longest = literalRuns(pattern).reduce((best, run) => (run.length > best.length ? run : best), '');
  const quick = hasVariants(longest) ? { source: foldSource(longest) } : { literal: longest };
  return { likely: longest === '' ? null : quick, exact: `(?:^|${other})${inner}(?:$|${other})` };
}

/** Stretches of the pattern that stand in the folded text as they are. */
function literalRuns(pattern: WordPattern): string[] {
  const runs = [''];
  for (const { gap, glob } of pattern) {
    if (gap === null) runs.push('');
    else runs.push((runs.pop() as string) + gap);
    for (const piece of glob) {
      if (typeof piece === 'string') runs.push((runs.pop() as string) + piece);
      else runs.push('');
    }
  }
  return runs;
}

/** Whole-value match of a keyword with wildcards, any characters allowed for `*` and `?`. */
export function globRegexSource(glob: Glob): string {
  const source = glob.map((piece) =>
    typeof piece === 'string' ? foldSource(fold(piece)) : piece.wild === '*' ? '[\\s\\S]*' : '[\\s\\S]',
  );
  return `^(?:${source.join('')})$`;
}
