import { FIELD_NAMES } from '@logmaster/core/event/fields';
import { expect, test } from 'vitest';
import { parseQuery } from '../../query/parse.ts';
import { EVENTS_MAPPING } from '../documents/mapping.ts';
import { isExact } from './clause.ts';
import { compile } from './compile.ts';

const plain = { masked: [], wildcards: true };
const compiled = (text: string) => compile(parseQuery(text), plain);

test.each([
  ['', { match_all: {} }],
  [
    'user.name:Ali',
    {
      bool: {
        should: [
          { term: { 'user.name': { value: 'ali' } } },
          { term: { 'search.folded.user.name': { value: 'ali' } } },
        ],
        minimum_should_match: 1,
      },
    },
  ],
  ['labels.cisco.acl:OUT', { term: { 'search.labels': { value: 'cisco.acl=out' } } }],
  ['source.ip:10.0.0.0/8', { range: { 'source.ip.address': { gte: '10.0.0.0', lte: '10.255.255.255' } } }],
  ['source.port:>=22', { range: { 'source.port': { gte: 22 } } }],
  ['message:closed', { term: { 'search.words.message': { value: 'closed' } } }],
  ['message:10.0.0.1', { match_phrase: { 'search.words.message': { query: '10 . 0 . 0 . 1' } } }],
  // the last part is whatever stands behind the joiner
  ['message:10.0.0.*', { match_phrase: { 'search.words.message': { query: '10 . 0 . 0 .' } } }],
  [
    'message:10.*.1',
    {
      span_near: {
        clauses: [
          { span_term: { 'search.words.message': { value: '10' } } },
          { span_term: { 'search.words.message': { value: '.' } } },
          { span_gap: { 'search.words.message': 1 } },
          { span_term: { 'search.words.message': { value: '.' } } },
          { span_term: { 'search.words.message': { value: '1' } } },
        ],
        slop: 0,
        in_order: true,
      },
    },
  ],
  ['NOT event.severity:[1 TO 2]', { bool: { must_not: [{ range: { 'event.severity': { gte: 1, lt: 3 } } }] } }],
] as const)('%s', (text, query) => {
  expect(compiled(text)).toEqual({ sure: query, maybe: query });
  expect(isExact(compiled(text))).toBe(true);
});

test('IPv4 addresses are in no IPv6 network', () => {
  expect(JSON.stringify(compiled('source.ip:::/0').sure)).toContain(
    '"must_not":[{"range":{"source.ip.address":{"gte":"0.0.0.0"',
  );
});

test.each(['user.name:a*', 'message:a*', 'NOT labels.zone:?', '(closed OR message:x?y)'])(
  '%s is sure of most records only',
  (text) => expect(isExact(compiled(text))).toBe(false),
);

test('under a scope that hides values, records that have them are looked at', () => {
  const { sure, maybe } = compile(parseQuery('ali'), { masked: ['user.name'], wildcards: true });
  const masked = '{"exists":{"field":"user.name"}}';
  expect(JSON.stringify(sure)).toContain(`"must_not":[{"bool":{"should":[${masked}`);
  expect(JSON.stringify(maybe)).toContain(masked);
});

test('without wildcards nothing costly is left, and a negation stays one', () => {
  const clause = compile(parseQuery('a*b source.ip:10.* NOT "x y*"'), { masked: ['user.name'], wildcards: false });
  expect(JSON.stringify(clause)).not.toMatch(/wildcard|regexp|span_multi/);
  const { sure, maybe } = compile(parseQuery('NOT user.name:a*'), { masked: [], wildcards: false });
  expect(maybe).toEqual({ match_all: {} });
  expect(JSON.stringify(sure)).toContain('"exists":{"field":"user.name"}');
});

test('a query nested as deeply as the language allows stays within what the server takes', () => {
  const deep = `${'NOT (a OR '.repeat(16)}b${')'.repeat(16)}`;
  const depth = (query: unknown): number =>
    typeof query === 'object' && query !== null
      ? Math.max(0, ...Object.entries(query).map(([key, inner]) => depth(inner) + (key === 'bool' ? 1 : 0)))
      : 0;
  const { sure, maybe } = compile(parseQuery(deep), plain);
  expect(Math.max(depth(sure), depth(maybe))).toBeLessThan(27);
});

test('every event field is mapped or made into words', () => {
  const mapped = Object.keys(EVENTS_MAPPING.properties ?? {});
  const texts = ['message', 'event.original'];
  expect(FIELD_NAMES.filter((name) => !mapped.includes(name))).toEqual(texts);
});
