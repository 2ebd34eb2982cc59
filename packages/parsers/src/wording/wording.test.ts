import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileWording } from './wording.ts';

function read(template: string, text: string): Record<string, string> | undefined {
  const values: Record<string, string> = {};
  const fits = compileWording(template).read(text, (name, value) => {
    values[name] = value;
  });
  return fits ? values : undefined;
}

describe('a wording', () => {
  it.each([
    ['from {a} to {b}', 'from x to y z', { a: 'x', b: 'y z' }],
    ['from {a} to {b}.', 'from x to y. More.', { a: 'x', b: 'y' }],
    ['from {a} to {b}', 'from x', undefined],
    ['from {a}', ' from x', undefined],
    ['up[ since {t}]', 'up', {}],
    ['up[ since {t}]', 'up since 5', { t: '5' }],
    ['[{n} ]up[ ({why})]', '3 up (x)', { n: '3', why: 'x' }],
    ['\\[ {object}\\] exceeded', '[ Scanning] exceeded', { object: 'Scanning' }],
    ['user {u}', 'user ', { u: '' }],
    ['nothing to read', 'nothing to read here', {}],
  ])('%s of %s', (template, text, expected) => expect(read(template, text)).toEqual(expected));

  it('gives back what was put into it, when values don’t hold the text between them', () => {
    const value = fc.string({ unit: fc.constantFrom('a', '1', '.', '/', 'ş'), minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(value, value, value, (a, b, c) => {
        expect(read('say {a} to [{b} ]of {c}', `say ${a} to ${b} of ${c}`)).toEqual({ a, b, c });
      }),
    );
  });
});
