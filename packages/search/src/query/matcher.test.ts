import { FULL_SCOPE } from '@logmaster/core/scope';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { anyEvent, anyQuery } from '../conformance/arbitraries.ts';
import { caseEvents, makeEvent } from '../conformance/events.ts';
import { find } from '../conformance/model.ts';
import { QUERY_CASES } from '../conformance/query-cases.ts';
import { matcher } from './matcher.ts';
import { parseQuery } from './parse.ts';

test.each(QUERY_CASES)('%s', (text) => {
  const matches = matcher(parseQuery(text), []);
  expect(caseEvents().filter(matches).reverse()).toEqual(find(caseEvents(), { text, scope: FULL_SCOPE }));
});

test('it decides like the model', () => {
  fc.assert(
    fc.property(fc.array(anyEvent, { minLength: 1, maxLength: 5 }), anyQuery, (drafts, text) => {
      const events = drafts.map((draft, index) => makeEvent(index, draft));
      const matches = matcher(parseQuery(text), []);
      expect(events.filter(matches).reverse()).toEqual(find(events, { text, scope: FULL_SCOPE }));
    }),
    { numRuns: 200 },
  );
});

test.each([
  ['ali', ['user.name'], false],
  ['by', ['user.name'], true],
  ['foo bar', ['labels.card'], true],
  ['foo4111bar', ['labels.card'], false],
  ['"foo bar"', ['labels.card'], true],
  ['login', ['user.name', 'network.bytes'], false],
  ['tail', ['event.original'], true],
  ['raw', ['event.original'], false],
  ['tail', ['message'], false],
] as const)('%s with %j hidden: %s', (text, masked, expected) => {
  const event = makeEvent(0, {
    'event.original': 'raw login by ALİ foo4111bar',
    message: 'tail by ali',
    'user.name': 'ali',
    'network.bytes': 99,
    labels: { card: '4111' },
  });
  expect(matcher(parseQuery(text), [...masked])(event)).toBe(expected);
});
