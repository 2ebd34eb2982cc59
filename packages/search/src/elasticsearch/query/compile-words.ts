import type { WordPattern } from '../../query/words.ts';
import type { SearchField } from '../../store.ts';
import { PARTS_ACROSS } from '../documents/document.ts';
import { type TextField, wordsPath } from '../documents/index-fields.ts';
import { type PhraseStep, partsOfLength, phraseOf, trimmed, wildcardText } from '../documents/joined-words.ts';
import { allOf, anyOf, both, type Clause, either, exactly, NONE, type Query, without } from './clause.ts';
import { has, isCut, MESSAGE_IS_TAIL } from './presence.ts';

export interface CompileOptions {
  readonly masked: readonly SearchField[];
  /** False after a server found a wildcard too costly: the records in question are then looked at one by one. */
  readonly wildcards: boolean;
}

/** Longest literal that is looked for inside tokens; longer ones may stand in a token that was cut. */
const LONGEST_LITERAL = 100;
/** Steps of a phrase that is found across the border between head and message (document.ts). */
const STEPS_ACROSS = 2 * PARTS_ACROSS;

/** Words in any of the texts. */
export function compileWords(texts: readonly TextField[], pattern: WordPattern, options: CompileOptions): Clause {
  const steps = phraseOf(pattern);
  const clause = either(texts.map((text) => inText(text, steps, texts, options.wildcards)));
  const hidden = options.masked.filter((name) => name !== 'message' && name !== 'event.original');
  if (hidden.length === 0) return clause;
  // Hiding a value can take a word away and can make one (`a4111b` becomes a•••b): such records must be read. What stays
  // of a word after hiding stood inside a token before.
  const changed = anyOf(hidden.map(has));
  const literals = options.wildcards ? insideTokens(pattern) : [];
  return {
    sure: without(clause.sure, changed),
    maybe: anyOf([without(clause.maybe, changed), allOf([changed, ...literals])]),
  };
}

/** The phrase in one text. The words of a raw text that ends with the message are in two places. */
function inText(
  text: TextField,
  steps: readonly PhraseStep[],
  texts: readonly TextField[],
  wildcards: boolean,
): Clause {
  const own = inWords(text, steps, wildcards);
  if (text === 'message') return own;
  const places = [own];
  // the message is asked anyway
  if (!texts.includes('message')) places.push(both([exactly(MESSAGE_IS_TAIL), inWords('message', steps, wildcards)]));
  if (steps.length > STEPS_ACROSS) {
    // longer than what stands across the border: its beginning is there
    const beginning = inWords(text, trimmed(steps.slice(0, STEPS_ACROSS)), wildcards);
    places.push({ sure: NONE, maybe: allOf([MESSAGE_IS_TAIL, beginning.maybe]) });
  }
  return either(places);
}

function inWords(text: TextField, steps: readonly PhraseStep[], wildcards: boolean): Clause {
  const path = wordsPath(text);
  const [first] = steps;
  if (steps.every((step) => step.kind === 'token')) return exactly(phrase(path, steps));
  if (steps.length === 1 && first?.kind === 'any') return exactly({ exists: { field: path } });
  const cut = isCut(text);
  if (!wildcards) return { sure: NONE, maybe: anyOf([allOf(runs(path, steps)), cut]) };
  const query: Query = steps.length === 1 && first ? single(path, first) : { span_near: near(path, steps) };
  // where the only wildcards are whole parts, what a part was cut to does not matter
  if (steps.every((step) => step.kind !== 'glob')) return exactly(query);
  return { sure: without(query, cut), maybe: anyOf([query, cut]) };
}

function phrase(path: string, steps: readonly PhraseStep[]): Query {
  const tokens = steps.map((step) => (step.kind === 'token' ? step.token : ''));
  const [first] = tokens;
  if (tokens.length === 1 && first !== undefined) return { term: { [path]: { value: first } } };
  return { match_phrase: { [path]: { query: tokens.join(' ') } } };
}

/** One step that is no plain token. */
function single(path: string, step: PhraseStep): Query {
  if (step.kind !== 'glob') return phrase(path, [step]);
  const length = partsOfLength(step.glob);
  if (length !== undefined) return { regexp: { [path]: { value: length } } };
  return { wildcard: { [path]: { value: wildcardText(step.glob) } } };
}

/** Steps side by side, any part as a gap of one. Neither the first nor the last is one (`trimmed`). */
function near(path: string, steps: readonly PhraseStep[]) {
  const clauses = steps.map((step) => {
    if (step.kind === 'token') return { span_term: { [path]: { value: step.token } } };
    return step.kind === 'any' ? { span_gap: { [path]: 1 } } : { span_multi: { match: single(path, step) } };
  });
  return { clauses, slop: 0, in_order: true };
}

/** The stretches of plain tokens of a phrase: all of them are there where the phrase is. */
function runs(path: string, steps: readonly PhraseStep[]): Query[] {
  const found: PhraseStep[][] = [[]];
  for (const step of steps) {
    if (step.kind === 'token') found.at(-1)?.push(step);
    else found.push([]);
  }
  return found.filter((run) => run.length > 0).map((run) => phrase(path, run));
}

/** What must stand inside tokens of one of the texts before anything was hidden in it. */
function insideTokens(pattern: WordPattern): Query[] {
  const pieces = pattern.flatMap(({ glob }) => glob).filter((piece) => typeof piece === 'string');
  const cut = anyOf([isCut('message'), isCut('event.original')]);
  return [...new Set(pieces)]
    .filter((piece) => piece.length <= LONGEST_LITERAL)
    .map((piece) => {
      const value = `*${wildcardText([piece])}*`;
      const places = (['message', 'event.original'] as const).map(
        (text): Query => ({
          wildcard: { [wordsPath(text)]: { value } },
        }),
      );
      return anyOf([...places, cut]);
    });
}
