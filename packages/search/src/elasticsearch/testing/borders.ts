import type { FlatEvent } from '@logmaster/core/event/event';
import { FULL_SCOPE } from '@logmaster/core/scope';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { BASE, caseEvents, makeBatch, makeEvent } from '../../conformance/events.ts';
import { find } from '../../conformance/model.ts';
import { QUERY_CASES } from '../../conformance/query-cases.ts';
import type { TestStore } from '../../conformance/test-store.ts';

const LONG = 'x'.repeat(9000);
const PART = 'ab'.repeat(200);
const PATH = `/${'d'.repeat(8000)}/${'e'.repeat(8000)}`;
const WORDS = Array.from({ length: 30 }, (_, index) => `w${index}`).join(' ');

/** Longer than a term, a token, a label's name or a phrase that stands across the border of a message. */
const events: readonly FlatEvent[] = [
  { 'user.name': LONG, 'url.original': PATH, 'event.type': 'a' },
  { 'user.name': `${LONG}y`, 'event.type': 'a' },
  { 'user.name': LONG.toUpperCase(), 'event.type': 'b' },
  { 'user.name': 'short', 'event.type': 'b' },
  { message: `${PART} end`, 'event.original': `<1>head ${PART} end` },
  { message: `${PART}c end`, 'event.original': `<1>head: ${PART}c end` },
  { message: WORDS, 'event.original': `<1>fw-1 ${WORDS}` },
  { message: 'w0', 'event.original': `<1>fw-1 ${WORDS}` },
  { message: 'closed.', 'event.original': '<1>fw-closed.' },
  { labels: { [LONG]: 'v', a: LONG, short: 'v' } },
  { labels: { a: 'x' } },
  // shorter when folded, and the other way round
  { 'user.name': 'i\u0307'.repeat(5000) },
  { 'user.name': 'I'.repeat(5000) },
].map((draft, index) => makeEvent(caseEvents().length + index, draft));

const QUERIES: readonly string[] = [
  `user.name:${LONG}`,
  `user.name:${LONG}y`,
  `user.name:"${LONG.toUpperCase()}"`,
  'user.name:x*',
  'user.name:*y',
  'NOT user.name:*y',
  'user.name:*',
  'NOT _exists_:user.name',
  `user.name:${'i'.repeat(5000)}`,
  `user.name:${'?'.repeat(5000)}`,
  'user.name:i*i',
  'url.original:*d/e*',
  PART,
  `${PART}c`,
  'ab*',
  'abab*c',
  `"${PART} end"`,
  '"head ab"',
  'head.*',
  'NOT ab*c',
  `"${WORDS}"`,
  `"1 fw-1 ${WORDS}"`,
  `"fw-1 ${WORDS}"`,
  `event.original:"1 ${WORDS}"`,
  `event.original:"fw-1 ${WORDS}"`,
  `message:"fw-1 ${WORDS}"`,
  'event.original:"w28 w29"',
  'fw-closed',
  'event.original:fw-*',
  'message:fw-*',
  'w2?',
  '??',
  '?????????????????????????????????????????????????????????????????',
  `labels.${LONG}:v`,
  `labels.${LONG}:*`,
  `labels.a:${LONG}`,
  'labels.a:x*',
  'labels.a:*y',
  'labels.short:v',
  // more than an automaton can be made of
  `*a${'?'.repeat(40)}b`,
  `user.name:*x${'?'.repeat(40)}y`,
  // deeper than the server takes
  `${'NOT (closed OR '.repeat(15)}user.name:short${')'.repeat(15)}`,
  `${'('.repeat(40)}closed${')'.repeat(40)}`,
];

export function bordersHold(makeStore: () => Promise<TestStore>): void {
  const all = [...caseEvents(), ...events];
  let store: TestStore;
  beforeAll(async () => {
    store = await makeStore();
    await store.writer.write(makeBatch(all, 0));
  });
  afterAll(() => store?.close());

  const named = (text: string) => (text.length > 60 ? `${text.slice(0, 30)}… (${text.length})` : text);
  test.each([...QUERIES, ...QUERY_CASES.map(([text]) => text)].map((text) => [named(text), text]))(
    '%s',
    async (_, text) => {
      const query = { text, scope: FULL_SCOPE };
      const expected = find(all, query).map((event) => event['logmaster.record.id']);
      const { events: found } = await store.reader.search(query, { size: 100 });
      expect(found.map((event) => event['logmaster.record.id'])).toEqual(expected);
      expect(await store.reader.count(query)).toBe(expected.length);
    },
  );

  test('what was written comes back whole', async () => {
    const { events: found } = await store.reader.search({ text: '', scope: FULL_SCOPE }, { size: 100 });
    expect(found).toEqual(all.toReversed());
  });

  test('values that are too long to be grouped are counted all the same', async () => {
    const query = { text: '', scope: FULL_SCOPE, from: BASE, to: BASE + 1e9 };
    const { values, other, missing } = await store.reader.topValues(query, 'user.name', 20);
    expect(values).toContainEqual({ value: LONG, count: 1 });
    expect(values).toContainEqual({ value: 'short', count: 1 });
    expect(values.reduce((sum, { count }) => sum + count, 0) + other + missing).toBe(all.length);
    const { buckets } = await store.reader.histogram(query, { buckets: 10, stackBy: 'labels.a' });
    expect(buckets.reduce((sum, { stacks }) => sum + (stacks[LONG] ?? 0), 0)).toBe(1);
    expect(buckets.reduce((sum, { count }) => sum + count, 0)).toBe(all.length);
  });
}
