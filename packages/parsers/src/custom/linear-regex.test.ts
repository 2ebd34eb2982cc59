import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compileLinear } from './linear-regex.ts';

const atom = fc.constantFrom('a', 'b', 'c', '.', '\\d', '\\w', '[ab]', '[^a]', '\\.', 'x1', 'é');
const quantifier = fc.constantFrom('', '', '*', '+', '?', '*?', '+?', '??', '{2}', '{1,3}', '{2,}', '{0,2}?');
const sequenceOf = (many: fc.Arbitrary<string>) =>
  fc
    .array(fc.tuple(atom, many), { minLength: 1, maxLength: 4 })
    .map((parts) => parts.map(([one, times]) => one + times).join(''));
const alternativesOf = (many: fc.Arbitrary<string>) =>
  fc.array(sequenceOf(many), { minLength: 1, maxLength: 3 }).map((parts) => parts.join('|'));
/**
 * Captures stand outside of repeats, and what is repeated takes a character: inside repeats the two engines keep the groups
 * of different rounds, and RegExp refuses a round that takes nothing where RE2 ends there.
 */
const piece = fc.oneof(
  alternativesOf(quantifier).map((text) => `(${text})`),
  alternativesOf(fc.constantFrom('', '+', '+?', '{2}', '{1,3}', '{2,}')).map((text) => `(?:${text})+`),
);
const pattern = fc
  .tuple(fc.constantFrom('', '^'), fc.array(piece, { minLength: 1, maxLength: 3 }), fc.constantFrom('', '$'))
  .map(([from, pieces, to]) => from + pieces.join('') + to);
const text = fc
  .array(fc.constantFrom('a', 'b', 'c', '1', '.', 'x', 'é', ' ', '\n'), { maxLength: 12 })
  .map((parts) => parts.join(''));

test('finds what RegExp finds, with the same groups, for patterns that both know', () => {
  fc.assert(
    fc.property(pattern, text, (source, subject) => {
      const theirs = new RegExp(source, 's').exec(subject);
      expect(compileLinear(source).exec(subject)).toEqual(theirs === null ? undefined : [...theirs]);
    }),
    { numRuns: 2000 },
  );
});

/** Patterns at which a back-tracking engine takes longer than the universe. */
const CATASTROPHIC = ['^(?:a+)+$', '^(?:a|aa)+$', '^(?:a|a?)+$', '^(?:.*a){12}$', '(?:x+x+)+y'];

test.each(CATASTROPHIC)('%s comes to an end on a long text', (source) => {
  const regex = compileLinear(source);
  expect(regex.exec(`${'a'.repeat(4000)}!`)).toBeUndefined();
  expect(regex.exec(`${'x'.repeat(4000)}!`)).toBeUndefined();
});

test('knows letters of all scripts, and half characters do no harm', () => {
  expect(compileLinear('(\\pL+)').exec('1 Şırnak')).toEqual(['Şırnak', 'Şırnak']);
  expect(compileLinear('(.)').exec('\ud83d')).toHaveLength(2);
  expect(compileLinear('^(.)$').exec('😀')).toEqual(['😀', '😀']);
});
