import { PARSER_LIMITS } from '@logmaster/core/custom-parsers/limits';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compileDefinition } from './compile.ts';
import { PORTAL } from './testing/portal.ts';
import { openTrial } from './trial/trial.ts';

function faultsOf(definition: unknown): string[] {
  const compiled = compileDefinition(definition);
  return 'faults' in compiled ? compiled.faults.map(({ path, reason }) => `${path}: ${reason}`) : [];
}

test.each([
  [{}, 'kind'],
  [{ name: 'A b' }, 'name'],
  [{ applies_to: {} }, 'applies_to: name devices, sites or a rule'],
  [{ applies_to: { rule: {} } }, 'applies_to.rule: name contains, appname or regex'],
  [{ applies_to: { rule: { regex: '(?=x)' } } }, 'applies_to.rule.regex: (?=x is not supported'],
  [{ patterns: ['(?<a>x)', '%{NOPE}'] }, 'patterns.1: there is no pattern NOPE'],
  [{ patterns: [] }, 'patterns'],
  [{ pattern_definitions: { UNUSED: '(' } }, 'pattern_definitions.UNUSED: a parenthesis is not closed'],
  [{ fields: { ip: 'source.ipp' } }, 'fields.ip'],
  [{ fields: { ip: 'event.original' } }, 'fields.ip'],
  [{ fields: { ip: 'logmaster.site.id' } }, 'fields.ip'],
  [{ fields: { ip: '@timestamp' } }, 'fields.ip'],
  [{ fields: { ip: 'labels.a.b' } }, 'fields.ip'],
  [{ fields: { ip: 'labels.__proto__' } }, 'fields.ip'],
  [{ constants: { 'no.field': 'x' } }, 'constants'],
  [{ constants: { message: 'a\0b' } }, 'NUL'],
  [{ time: { field: 'at', formats: ['yyyy-QQ'] } }, 'time.formats.0: QQ is no part of a time'],
  [{ time: { field: 'at', formats: ['auto'], zone: 'Mars/Olympus' } }, 'time.zone: no IANA time zone'],
  [{ rest: 'x' }, 'rest: only with built_in: after'],
  [{ whatever: 1 }, 'whatever'],
])('%j is refused, and the place is told: %s', (change, text) => {
  const given = Object.keys(change).length === 0 ? {} : { ...PORTAL, ...change };
  expect(faultsOf(given).join('\n')).toContain(text);
});

test('all faults are told at once', () => {
  const faults = faultsOf({ ...PORTAL, patterns: ['(', ')'], time: { field: 'at', formats: ['Q'] } });
  expect(faults.map((fault) => fault.split(':')[0])).toEqual(['patterns.0', 'patterns.1', 'time.formats.0']);
});

describe('hostile definitions', () => {
  const pattern = (text: string) => ({ ...PORTAL, patterns: [text], pattern_definitions: {} });
  test.each([
    ['counted repeats', pattern('(((a{50}){50}){50}){50}')],
    ['a long count', pattern('a{1000}b{1000}c{1000}')],
    [
      'many alternatives',
      pattern(
        Array.from({ length: 2000 }, (_, n) => `a${n % 10}`)
          .join('|')
          .slice(0, 4096),
      ),
    ],
    ['many captures', pattern('(?<a>.)'.repeat(65))],
    ['a long pattern', pattern('a'.repeat(4097))],
    ['many patterns', { ...PORTAL, patterns: Array.from({ length: 33 }, () => 'a') }],
    [
      'many fields',
      { ...PORTAL, fields: Object.fromEntries(Array.from({ length: 257 }, (_, n) => [`f${n}`, 'message'])) },
    ],
    ['a large one', { ...PORTAL, description: 'x'.repeat(PARSER_LIMITS.definitionBytes) }],
    ['a reference to itself', { ...PORTAL, pattern_definitions: { ROOM: '%{ROOM}' } }],
  ])('%s: refused', (_, definition) => {
    expect(faultsOf(definition)).not.toEqual([]);
  });

  test('nested repeats come to an end, because the engine is linear', () => {
    const compiled = compileDefinition(pattern(`^${'('.repeat(300)}a${'+)'.repeat(300)}$`));
    if ('faults' in compiled) throw new Error(JSON.stringify(compiled.faults));
    const raw = Buffer.from(`${'a'.repeat(60_000)}!`);
    const { matched } = openTrial(compiled.parser)({ raw, receivedAt: 2e15, timeZone: 'UTC', source: '' });
    // What is read ends before the exclamation mark.
    expect(matched).toBe(true);
  });

  test('names that are those of objects harm nothing', () => {
    const names = ['constructor', 'toString', 'hasOwnProperty', 'valueOf'];
    const given = JSON.parse(
      JSON.stringify({
        ...PORTAL,
        kind: 'key_value',
        patterns: undefined,
        pattern_definitions: undefined,
        fields: {},
        time: undefined,
      }).replace('"fields":{}', '"fields":{"__proto__":{"to":"labels.p"},"constructor":"labels.c"}'),
    );
    const compiled = compileDefinition(given);
    if ('faults' in compiled) throw new Error(JSON.stringify(compiled.faults));
    const result = openTrial(compiled.parser)({
      raw: Buffer.from(`__proto__=x ${names.map((name) => `${name}=1`).join(' ')}`),
      receivedAt: 2e15,
      timeZone: 'UTC',
      source: '',
    });
    expect(result.event.labels).toEqual({ c: '1', toString: '1', hasOwnProperty: '1', valueOf: '1' });
    expect(({} as Record<string, unknown>).to).toBeUndefined();
    expect(Object.keys(Object.prototype)).toEqual([]);
  });
});

const word = fc.constantFrom(
  'a',
  'src',
  'source.ip',
  'event.action',
  'labels.x',
  '@timestamp',
  '__proto__',
  '',
  ' ',
  '%{IP:a}',
  '(?<b>\\w+)',
  '(',
  'auto',
  'unix',
  'yyyy',
);
const anyText = fc.oneof(word, fc.string({ maxLength: 20 }));
const anyMap = fc.dictionary(anyText, fc.oneof(anyText, fc.record({ to: word, lower: fc.boolean() })), { maxKeys: 4 });
const anyDefinition = fc.record(
  {
    name: fc.constantFrom('a', 'B'),
    kind: fc.constantFrom('grok', 'key_value', 'x'),
    applies_to: fc.record(
      { devices: fc.array(anyText, { maxLength: 2 }), rule: anyMap },
      { requiredKeys: ['devices'] },
    ),
    patterns: fc.array(fc.oneof(anyText, fc.constant('%{WORD:w} %{GREEDYDATA:rest}')), { maxLength: 3 }),
    fields: anyMap,
    constants: anyMap,
    pair_separator: anyText,
    key_value_separator: anyText,
    quote: fc.oneof(fc.constant(null), anyText),
    built_in: fc.constantFrom('replace', 'before', 'after'),
    reads: fc.constantFrom('auto', 'message', 'record'),
    time: fc.record({ field: anyText, formats: fc.array(anyText, { maxLength: 3 }) }),
  },
  { requiredKeys: ['name', 'kind', 'applies_to'] },
);
/** Of the ones that are well formed, so that not all are refused. */
const goodDefinition = fc.record(
  {
    name: fc.constant('a'),
    kind: fc.constant('key_value'),
    applies_to: fc.constant({ devices: ['d1'] }),
    pair_separator: fc.string({ minLength: 1, maxLength: 3 }),
    key_value_separator: fc.string({ minLength: 1, maxLength: 3 }),
    quote: fc.oneof(fc.constant(null), fc.string({ minLength: 1, maxLength: 1 })),
    begins_after: fc.string({ minLength: 1, maxLength: 2 }),
    unmapped: fc.constantFrom('labels', 'drop'),
  },
  { requiredKeys: ['name', 'kind', 'applies_to'] },
);
const anyRecord = fc.oneof(
  fc.uint8Array({ maxLength: 200 }),
  fc.string({ maxLength: 200, unit: 'binary' }).map((text) => Buffer.from(text)),
  fc
    .array(fc.constantFrom('a=1', ' ', '"', '\\', '=', 'src=10.0.0.1', '<13>', ';', '\n'), { maxLength: 60 })
    .map((parts) => Buffer.from(parts.join(''))),
);

test('no definition and no record makes anything throw, and no record is lost', () => {
  let usable = 0;
  fc.assert(
    fc.property(fc.oneof(anyDefinition, goodDefinition, fc.jsonValue()), anyRecord, (definition, raw) => {
      const compiled = compileDefinition(definition);
      if ('faults' in compiled) return;
      usable++;
      const { event, errors } = openTrial(compiled.parser)({ raw, receivedAt: 2e15, timeZone: 'UTC', source: '' });
      expect(event).toHaveProperty('@timestamp');
      expect(event).toHaveProperty('event.original');
      expect(errors.join()).not.toContain('Error');
    }),
    { numRuns: 2000 },
  );
  expect(usable).toBeGreaterThan(200);
});
