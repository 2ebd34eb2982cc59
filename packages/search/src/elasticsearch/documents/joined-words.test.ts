import { messageStart } from '@logmaster/core/event/message-place';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { wordsMatch } from '../../conformance/model.ts';
import { cutWords, type Glob, globRegexSource, wordPattern } from '../../query/words.ts';
import {
  acrossBorder,
  type PhraseStep,
  partsOfLength,
  phraseOf,
  trimmed,
  wildcardText,
  wordsOf,
} from './joined-words.ts';

const part = fc.constantFrom('a', 'b', 'I', 'ı', 'ş', '7', 'ab', 'aab', '\u{1f525}', '\u0301');
const between = fc.constantFrom('.', ' ', '-', ':', '::', ' - ', '=', '. ', '\n', '\0', '', '|', '#');
const anyText = fc.array(fc.tuple(part, between), { maxLength: 8 }).map((pairs) => pairs.flat().join(''));
const anyGlob = fc.array(fc.oneof(anyText, fc.constantFrom({ wild: '*' } as const, { wild: '?' } as const)), {
  minLength: 1,
  maxLength: 5,
});

/** What the server does with a phrase: each step at one place, side by side. */
function holds(steps: readonly PhraseStep[], tokens: readonly string[]): boolean {
  const meets = (step: PhraseStep, token: string | undefined) => {
    if (token === undefined || step.kind === 'any') return token !== undefined;
    if (step.kind === 'token') return step.token === token;
    const length = steps.length === 1 ? partsOfLength(step.glob) : undefined;
    // a Lucene expression is anchored, and its syntax is JavaScript's here
    return new RegExp(length === undefined ? globRegexSource(step.glob) : `^${length}$`, 'u').test(token);
  };
  return tokens.some((_, at) => steps.every((step, index) => meets(step, tokens[at + index])));
}

test.each([
  ['srcip=10.0.0.1:443', 'srcip | 10 . 0 . 0 . 1 : 443'],
  ['/usr/bin - "Ali"', 'usr / bin | ali'],
  ['İSTANBUL ŞUBE', 'istanbul | şube'],
  ['a||b', 'a | b'],
  ['--x..', 'x'],
  ['...', ''],
])('%s', (text, joined) => expect(wordsOf(text).tokens.join(' ')).toBe(joined));

test('the tokens are those of cutWords with the separations named, and no analyser would cut them', () => {
  fc.assert(
    fc.property(fc.oneof(anyText, fc.string({ unit: 'binary' })), (text) => {
      const { tokens } = wordsOf(text);
      expect(tokens.filter((token) => token !== '|')).toEqual(cutWords(text));
      for (const [at, token] of tokens.entries()) {
        expect(token).toMatch(/^\S{1,250}$/u);
        expect(/^[\p{L}\p{N}\p{M}]/u.test(token)).toBe(at % 2 === 0);
      }
    }),
  );
});

test('a phrase over the tokens finds what the words mean', () => {
  fc.assert(
    fc.property(anyText, anyGlob, (text, glob) => {
      const pattern = wordPattern(glob);
      fc.pre(pattern.length > 0);
      expect(holds(phraseOf(pattern), wordsOf(text).tokens)).toBe(wordsMatch(pattern, text));
    }),
    { numRuns: 500 },
  );
});

test('the words of a raw text are those of its message and those across the border', () => {
  fc.assert(
    fc.property(anyText, anyText, anyGlob, fc.integer({ min: 1, max: 4 }), (head, message, glob, parts) => {
      const original = head + message;
      fc.pre(messageStart(message, original) !== undefined);
      const pattern = wordPattern(glob);
      fc.pre(pattern.length > 0);
      const steps = phraseOf(pattern);
      fc.pre(steps.length <= 2 * parts);
      const own = wordsOf(message);
      const border = acrossBorder(wordsOf(head), own, 2 * parts - 1);
      expect(holds(steps, border) || holds(steps, own.tokens)).toBe(wordsMatch(pattern, original));
    }),
    { numRuns: 500 },
  );
});

describe('parts that are too long', () => {
  const long = 'x'.repeat(300);
  test('they are found whole, and no wildcard meets what stands for them', () => {
    const { tokens, cut } = wordsOf(`a ${long}.b`);
    expect({ length: tokens.length, cut }).toEqual({ length: 5, cut: true });
    expect(holds(phraseOf(wordPattern([`${long}.b`])), tokens)).toBe(true);
    expect(holds(phraseOf(wordPattern([`${long}x`])), tokens)).toBe(false);
    const globs: Glob[] = [['x', { wild: '*' }], Array.from({ length: 65 }, () => ({ wild: '?' }))];
    for (const glob of globs) {
      expect(holds(phraseOf(wordPattern(glob)), [tokens[2] as string])).toBe(false);
    }
  });
  test('long joiners say nothing of parts', () => {
    expect(wordsOf(`a${'-'.repeat(300)}b`)).toMatchObject({ cut: false });
    expect(holds(phraseOf(wordPattern([`a${'-'.repeat(300)}b`])), wordsOf(`a${'-'.repeat(300)}b`).tokens)).toBe(true);
  });
});

test('any parts at the ends say nothing, one alone does', () => {
  const any = { kind: 'any' } as const;
  const dot = { kind: 'token', token: '.' } as const;
  expect(trimmed([any, dot, any])).toEqual([dot]);
  expect(trimmed([any, dot])).toEqual([dot]);
  expect(trimmed([any])).toEqual([any]);
});

test('signs of Lucene in a word are taken as they are', () => {
  expect(wildcardText(['a*b?\\', { wild: '*' }, { wild: '?' }])).toBe('a\\*b\\?\\\\*?');
});
