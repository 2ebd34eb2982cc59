import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitCsv } from './split.ts';

describe('splitCsv', () => {
  it.each([
    ['a,b,c', ['a', 'b', 'c']],
    ['', ['']],
    [',', ['', '']],
    ['a,"b,""c""",d', ['a', 'b,"c"', 'd']],
    ['"a"b,c', ['ab', 'c']],
    ['a,"open', ['a', 'open']],
    ['a,"', ['a', '']],
    ['a,"",c', ['a', '', 'c']],
    ['a,b"c,d', ['a', 'b"c', 'd']],
  ])('%j → %j', (text, expected) => expect(splitCsv(text, 0, 100)).toEqual(expected));

  it('begins where it is told, and stops at its bound', () => {
    expect(splitCsv('x a,b,c,d', 2, 3)).toEqual(['a', 'b', 'c']);
    expect(splitCsv('"a","b","c"', 0, 2)).toEqual(['a', 'b']);
  });

  it('gives back what was written by RFC 4180', () => {
    const field = fc.string({ unit: fc.constantFrom('a', ',', '"', ' ', 'ş'), maxLength: 8 });
    fc.assert(
      fc.property(fc.array(field, { minLength: 1, maxLength: 8 }), fc.boolean(), (fields, all) => {
        const quoted = (value: string) => (all || /[",]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value);
        expect(splitCsv(fields.map(quoted).join(','), 0, 100)).toEqual(fields);
      }),
    );
  });
});
