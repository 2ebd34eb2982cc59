import { readdirSync, readFileSync } from 'node:fs';
import { AppError } from '@logmaster/core/errors';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { diagnose, queryParser } from './language.ts';
import { parseQuery } from './parse.ts';

describe('a fault points at its place', () => {
  // the marked stretch is what the user sees underlined
  test.each([
    ['(a', '(', 'not closed'],
    ['a)', ')', 'no opening parenthesis'],
    ['()', '()', 'nothing between'],
    ['a AND', 'AND', 'must follow'],
    ['a OR OR b', 'OR', 'must follow'],
    ['NOT', 'NOT', 'must follow'],
    ['AND a', 'AND', 'quotes'],
    ['x source.ip:', ':', 'value must follow'],
    ['x "open', '"', 'quote is not closed'],
    ['source.port:[1 TO 2', '[1 TO 2', '[from TO to]'],
    ['source.port:>', '>', 'must follow the comparison'],
    ['a ] b', ']', 'quotes'],
    ['x sourc.ip:1', 'sourc.ip', 'did you mean source.ip?'],
    ['port:5', 'port', 'did you mean source.port?'],
    ['_exists_:usr.name', 'usr.name', 'did you mean user.name?'],
    ['qqqqqqq:1', 'qqqqqqq', 'no field'],
    ['a -> b', '> b', 'needs a field'],
    ['- -', '-', 'must follow'],
    ['a "..." b', '"..."', 'no letter or digit'],
    ['/fo+/', '/fo+/', 'Regular expressions'],
    ['foo~2', 'foo~2', 'Fuzzy'],
    ['foo^2', 'foo^2', 'boosting'],
    ['x\\', '\\', 'backslash'],
    ['user.name:(a source.ip:1.2.3.4)', 'source.ip', 'inside user.name'],
    ['[1 TO 2]', '[1 TO 2]', 'needs a field'],
  ])('%s', (text, marked, words) => {
    const found = diagnose(text);
    expect(found).not.toBeNull();
    expect({ code: found?.code, marked: text.slice(found?.from, found?.to) }).toEqual({ code: 'QUERY_SYNTAX', marked });
    expect(found?.message).toContain(words);
  });

  test.each([
    ['source.port:many', 'many'],
    ['source.port:1.5', '1.5'],
    ['source.port:[1 TO x]', 'x'],
    ['source.port:4*', '4*'],
    ['source.port:99999999999999999', '99999999999999999'],
    ['source.ip:10.0.0', '10.0.0'],
    ['source.ip:10.0.0.0/33', '10.0.0.0/33'],
    ['source.ip:010.0.0.1', '010.0.0.1'],
    ['source.ip:1::2::3', '1::2::3'],
    ['source.ip:[1.1.1.1 TO ::1]', '::1'],
    ['@timestamp:yesterday', 'yesterday'],
    ['@timestamp:2026-02-31', '2026-02-31'],
    ['rule.name:[a TO b]', '[a TO b]'],
    ['message:>5', '>5'],
  ])('type: %s', (text, marked) => {
    const found = diagnose(text);
    expect({ code: found?.code, marked: text.slice(found?.from, found?.to) }).toEqual({ code: 'QUERY_TYPE', marked });
  });
});

test('any text either parses or names a place inside itself', () => {
  const bits = fc.constantFrom(
    'a',
    ' ',
    'AND',
    'OR',
    'NOT',
    '(',
    ')',
    '"',
    ':',
    '[',
    ']',
    '{',
    '}',
    'TO',
    '*',
    '\\',
    '-',
    '+',
    '!',
    '&&',
    '||',
    '>',
    '<=',
    'source.ip',
    '10.0.0.1',
    '/8',
    '::',
    '\0',
    'ş',
    '~',
    '^',
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.array(bits, { maxLength: 12 }).map((all) => all.join('')),
        fc.string({ unit: 'binary' }),
      ),
      (text) => {
        const found = diagnose(text);
        if (!found) return;
        expect(found.from).toBeGreaterThanOrEqual(0);
        expect(found.to).toBeLessThanOrEqual(text.length);
        expect(found.from).toBeLessThanOrEqual(found.to);
      },
    ),
    { numRuns: 3000 },
  );
});

test('precedence: NOT, then AND (written or not), then OR', () => {
  expect(parseQuery('a OR b c')).toEqual(parseQuery('a OR (b AND c)'));
  expect(parseQuery('NOT a b')).toEqual(parseQuery('(NOT a) AND b'));
  expect(parseQuery('a || b && !c')).toEqual(parseQuery('a OR (b AND (NOT c))'));
  expect(parseQuery('+a -b')).toEqual(parseQuery('a AND NOT b'));
});

test('lower-case and, or, not are words', () => {
  expect(parseQuery('a or b')).toMatchObject({ kind: 'and', clauses: [{}, { pattern: [{ glob: ['or'] }] }, {}] });
});

test('nesting and size are bounded', () => {
  const code = (text: string) => {
    try {
      parseQuery(text);
    } catch (thrown) {
      return thrown instanceof AppError ? thrown.code : thrown;
    }
  };
  expect(code(`${'('.repeat(4000)}a${')'.repeat(4000)}`)).toBe('QUERY_SYNTAX');
  expect(code('a '.repeat(4000))).toBe('QUERY_SYNTAX');
  expect(code(`${'NOT '.repeat(2000)}a`)).toBe('QUERY_SYNTAX');
});

test('the highlighting parser covers the text', () => {
  expect(queryParser.parse('event.type:denied').toString()).toBe('Query(FieldClause(Field,Colon,Term))');
});

test('the language reaches no Node API, so that a browser can load it', () => {
  const folder = new URL('./', import.meta.url);
  const files = readdirSync(folder).filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'));
  expect(files).toContain('language.ts');
  for (const name of files) {
    const text = readFileSync(new URL(name, folder), 'utf8');
    expect({ name, node: /from 'node:|@duckdb|\bBuffer\b|\bprocess\b/.test(text) }).toEqual({ name, node: false });
  }
});
