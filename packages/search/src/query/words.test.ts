import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { wordsMatch } from '../conformance/model.ts';
import { fold, foldSource, hasVariants } from './fold.ts';
import { cutWords, patternTests, wordPattern } from './words.ts';

describe('folding', () => {
  test.each([
    ['I', 'i'],
    ['İ', 'i'],
    ['ı', 'i'],
    ['i', 'i'],
    ['i\u0307', 'i'],
    ['İSTANBUL IĞDIR', 'istanbul iğdir'],
    ['ŞÇÖÜĞ', 'şçöüğ'],
    ['ΣΑΣ', 'σασ'],
    ['\u212a', 'k'],
  ])('%s → %s', (text, folded) => expect(fold(text)).toBe(folded));

  test('folding twice changes nothing, and the pattern of a fold finds every text that folds to it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const folded = fold(text);
        expect(fold(folded)).toBe(folded);
        expect(text).toMatch(new RegExp(`^(?:${foldSource(folded)})$`, 'u'));
        if (!hasVariants(folded)) expect(folded).toBe(text);
      }),
    );
  });
});

describe('cutting', () => {
  test.each([
    ['srcip=10.0.0.1:443', ['srcip', '10', '.', '0', '.', '0', '.', '1', ':', '443']],
    ['/usr/bin - "Ali"', ['usr', '/', 'bin', 'ali']],
    ['http://a.b', ['http', '://', 'a', '.', 'b']],
    ['--x..', ['x']],
    ['', []],
    ['\0\u{1f525}', []],
  ])('%j', (text, tokens) => expect(cutWords(text)).toEqual(tokens));
});

test('an engine with tokens and an engine with regular expressions find the same', () => {
  const part = fc.constantFrom('a', 'b', 'I', 'ı', 'ş', '7');
  const between = fc.constantFrom('.', ' ', '-', ':', '::', ' - ', '=', '. ', '\n', '\0', '');
  const text = fc.array(fc.tuple(part, between), { maxLength: 8 }).map((pairs) => pairs.flat().join(''));
  const piece = fc.oneof(text, fc.constantFrom({ wild: '*' } as const, { wild: '?' } as const));
  fc.assert(
    fc.property(text, fc.array(piece, { minLength: 1, maxLength: 4 }), (searched, glob) => {
      const pattern = wordPattern(glob);
      fc.pre(pattern.length > 0);
      const { likely, exact } = patternTests(pattern);
      const found = new RegExp(exact, 'u').test(searched);
      expect(found).toBe(wordsMatch(pattern, searched));
      if (!found || likely === null) return;
      if ('literal' in likely) expect(searched).toContain(likely.literal);
      else expect(searched).toMatch(new RegExp(likely.source, 'u'));
    }),
    { numRuns: 300 },
  );
});
