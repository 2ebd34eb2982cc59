import { readFileSync } from 'node:fs';
import path from 'node:path';
import { PARSER_LIMITS } from '@logmaster/core/custom-parsers/limits';
import { expect, test } from 'vitest';
import { compileDefinition } from './compile.ts';
import { GROK_LIBRARY } from './grok/library.ts';
import { openTrial } from './trial/trial.ts';

const PAGE = readFileSync(path.join(import.meta.dirname, '../../../../docs/custom-parsers.md'), 'utf8');
const EXAMPLES = [...PAGE.matchAll(/```json\n([\s\S]*?)```\n\n```text\n([\s\S]*?)```/g)];

test('docs/custom-parsers.md names all patterns of the library, and no others', () => {
  const section = PAGE.slice(PAGE.indexOf('## Patterns'), PAGE.indexOf('They find where'));
  expect(section.match(/\b[A-Z][A-Z0-9_]+\b/g)?.sort()).toEqual(Object.keys(GROK_LIBRARY).sort());
});

test('and the limits as they are', () => {
  const {
    patterns,
    patternDefinitions,
    patternLength,
    captures,
    programSize,
    fields,
    textLength,
    pairs,
    activeParsers,
  } = PARSER_LIMITS;
  const limits = [`${patterns}, ${patternDefinitions}`, patternLength, captures, `${programSize} steps`, fields];
  for (const limit of [
    ...limits,
    `${textLength} (1024 by a rule)`,
    pairs,
    activeParsers,
    `${PARSER_LIMITS.recordBudgetMs} ms`,
  ])
    expect(PAGE).toContain(`| ${limit} |`);
});

test('each record of its examples is read without a fault', () => {
  expect(EXAMPLES).toHaveLength(2);
  const events = EXAMPLES.flatMap(([, definition = '', records = '']) => {
    const compiled = compileDefinition(JSON.parse(definition));
    if ('faults' in compiled) throw new Error(JSON.stringify(compiled.faults));
    const attempt = openTrial(compiled.parser);
    const context = { receivedAt: Date.UTC(2026, 10, 23, 12) * 1000, timeZone: 'UTC', source: '' };
    return records
      .trim()
      .split('\n')
      .map((text) => {
        const { matched, errors, event } = attempt({ raw: Buffer.from(text), ...context });
        expect([text, matched, errors]).toEqual([text, true, []]);
        return event;
      });
  });
  expect(events).toMatchObject([
    {
      '@timestamp': '2026-11-23T07:00:01.000000Z',
      event: { action: 'joined', type: 'start', category: 'session' },
      source: { ip: '10.20.30.40', mac: 'AA-BB-CC-DD-EE-FF' },
      user: { name: 'ayse.y' },
      labels: { room: 'B204' },
    },
    {
      '@timestamp': '2026-11-23T08:30:01.000000Z',
      event: { type: 'end', duration: 5_400_000_000_000, start: '2026-11-23T07:00:01.000000Z' },
    },
    {
      '@timestamp': '2026-11-23T10:00:01.250000Z',
      event: { action: 'granted', outcome: 'success', type: 'allowed' },
      source: { ip: '10.8.0.12' },
      user: { name: 'Mehmet Şahin' },
      labels: { Door: '12 North' },
    },
  ]);
});
