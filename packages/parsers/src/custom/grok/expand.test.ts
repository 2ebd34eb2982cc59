import { PARSER_LIMITS } from '@logmaster/core/custom-parsers/limits';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { PatternFault } from '../definition-fault.ts';
import { compileLinear } from '../linear-regex.ts';
import { expandPattern } from './expand.ts';
import { GROK_LIBRARY } from './library.ts';

const NONE = new Map<string, string>();

/** What a pattern takes out of a text, by name; undefined when it does not match. */
function take(pattern: string, text: string, own: ReadonlyMap<string, string> = NONE) {
  const { source, names } = expandPattern(pattern, own);
  const groups = compileLinear(source).exec(text);
  return groups && Object.fromEntries(names.map((name, index) => [name, groups[index + 1]]));
}

test.each(Object.keys(GROK_LIBRARY))('%s of the library can be compiled, and stays small', (name) => {
  const { source } = expandPattern(`%{${name}:value}`, NONE);
  compileLinear(source);
  expect(source.length).toBeLessThan(1000);
});

test.each([
  ['IP', '10.1.2.3', '10.1.2.3'],
  ['IP', 'from 2001:db8::1 ', '2001:db8::1'],
  ['IP', '[::ffff:10.0.0.1]', '::ffff:10.0.0.1'],
  ['IPORHOST', 'fw-ist.örnek.com.tr', 'fw-ist.örnek.com.tr'],
  ['HOSTPORT', 'a=fw1:8443,', 'fw1:8443'],
  ['NUMBER', 'x -12.50 y', '-12.50'],
  ['INT', '+7', '+7'],
  ['WORD', '... ALLOW ...', 'ALLOW'],
  ['QUOTEDSTRING', 'user="a \\"b\\" c" x', '"a \\"b\\" c"'],
  ['MAC', 'mac aa:BB:cc:dd:ee:ff.', 'aa:BB:cc:dd:ee:ff'],
  ['MAC', 'mac aabb.ccdd.eeff', 'aabb.ccdd.eeff'],
  ['MAC', 'mac AA-BB-CC-DD-EE-FF', 'AA-BB-CC-DD-EE-FF'],
  ['UUID', '{123e4567-e89b-12d3-a456-426614174000}', '123e4567-e89b-12d3-a456-426614174000'],
  ['EMAILADDRESS', 'to ayse.yilmaz+x@ornek.com.tr ok', 'ayse.yilmaz+x@ornek.com.tr'],
  ['TIMESTAMP_ISO8601', 'at 2026-11-23T10:00:01.123+03:00 x', '2026-11-23T10:00:01.123+03:00'],
  ['TIMESTAMP_ISO8601', '2026-11-23 10:00:01,123 x', '2026-11-23 10:00:01,123'],
  ['SYSLOGTIMESTAMP', 'Nov  3 09:08:07 fw', 'Nov  3 09:08:07'],
  ['HTTPDATE', '[23/Nov/2026:10:00:01 +0300]', '23/Nov/2026:10:00:01 +0300'],
  ['DATESTAMP', '23.11.2026 10:00:01 x', '23.11.2026 10:00:01'],
  ['URI', 'GET https://u@ornek.com:8443/a/b?c=d#e HTTP', 'https://u@ornek.com:8443/a/b?c=d#e'],
  ['URIPATHPARAM', 'GET /a/b?c=d HTTP', '/a/b?c=d'],
  ['PATH', 'at /var/log/x ', '/var/log/x'],
  ['PATH', 'at C:\\Windows\\x ', 'C:\\Windows\\x'],
  ['LOGLEVEL', 'sev=WARNING', 'WARNING'],
  ['GREEDYDATA', 'all\nof it', 'all\nof it'],
])('%s finds in %j %j', (name, text, value) => {
  expect(take(`%{${name}:value}`, text)).toEqual({ value });
});

describe('a pattern', () => {
  test('names its captures in order, with brackets and types as others write them', () => {
    const pattern = '^%{IP:[source][ip]} (?<what>\\w+) (?P<n>\\d+) (plain) %{NUMBER:bytes:int}%{GREEDYDATA}$';
    expect(take(pattern, '10.0.0.1 drop 7 plain 12 and more')).toEqual({
      'source.ip': '10.0.0.1',
      what: 'drop',
      n: '7',
      bytes: '12',
    });
  });

  test('may use patterns of its definition, which come before those of the library', () => {
    const own = new Map([
      ['ROOM', '[A-Z]\\d{3}'],
      ['WORD', '<%{ROOM:room}>'],
    ]);
    expect(take('%{WORD}', 'in <B204>', own)).toEqual({ room: 'B204' });
  });

  test('keeps brackets, braces and percent signs that mean themselves', () => {
    expect(take('[]%{(]+ %{ \\x{41}\\p{Greek} {x} 100% (?<rest>[^[:alpha:]]+)', '({]% %{ Aα {x} 100% 12')).toEqual({
      rest: '12',
    });
  });

  test('has an alternative of one field in each of its branches', () => {
    expect(take('a=(?<v>\\d+)|b=(?<v>\\w+)', 'b=x')).toEqual({ v: 'x' });
  });
});

test.each([
  ['%{NOSUCH:x}', 'no pattern NOSUCH'],
  ['%{constructor:x}', 'no pattern constructor'],
  ['%{WORD:__proto__}', 'no usable name'],
  ['(?<a b>x)', 'no usable name'],
  ['a(b', 'not closed'],
  ['a)b', 'was not opened'],
  ['[a', 'bracket'],
  ['a\\', 'backslash'],
  ['\\Qa.b\\E', '\\Q'],
  ['(?=a)', 'not supported'],
  ['(?!a)', 'not supported'],
  ['(?<=a)b', 'not supported'],
  ['(?<!a)b', 'not supported'],
  ['(?>a)', 'not supported'],
  ['((a{100}){100}){100}', 'too large'],
  ['(a{1,30}){1,100}', 'too large'],
  [`${'(?i)'.repeat(1000)}${'%{A}'.repeat(20)}`, 'no pattern A'],
])('%s is refused: %s', (pattern, reason) => {
  expect(() => expandPattern(pattern, NONE)).toThrow(PatternFault);
  expect(() => expandPattern(pattern, NONE)).toThrow(reason);
});

test.each(['(a)\\1', 'a**', 'a++', '\\k<a>', '[z-a]', 'a{5000}', '\\h', '\\C\\u0041'])(
  'the engine refuses %s, as a fault of the pattern',
  (pattern) => {
    expect(() => compileLinear(expandPattern(pattern, NONE).source)).toThrow(PatternFault);
  },
);

test('patterns that refer to each other in a circle, or grow without end, are refused', () => {
  expect(() => expandPattern('%{A}', new Map([['A', '%{A}']]))).toThrow('refers to itself');
  const bomb = new Map(Array.from({ length: 12 }, (_, n) => [`B${n}`, `%{B${n + 1}}`.repeat(50)] as const));
  bomb.set('B12', 'x');
  expect(() => expandPattern('%{B0}', bomb)).toThrow('too large');
});

test('whatever the pattern, it is expanded or refused within bounds', () => {
  const piece = fc.constantFrom(
    '(',
    ')',
    '[',
    ']',
    '{',
    '}',
    '%{',
    '%{WORD:a}',
    '\\',
    '|',
    '*',
    '+',
    '?',
    '{3}',
    '{2,}',
    '(?:',
    '(?i)',
    '(?<x>',
    '^',
    '$',
    '.',
    'é',
    '😀',
    'a',
    ':',
    '-',
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.array(piece, { maxLength: 40 }).map((parts) => parts.join('')),
        fc.string(),
      ),
      (pattern) => {
        try {
          const { source, names } = expandPattern(pattern, NONE);
          expect(source.length).toBeLessThanOrEqual(PARSER_LIMITS.programSize * 8 + 100);
          expect(compileLinear(source).exec('some text 1')?.length ?? names.length + 1).toBe(names.length + 1);
        } catch (error) {
          expect(error).toBeInstanceOf(PatternFault);
        }
      },
    ),
    { numRuns: 500 },
  );
});
