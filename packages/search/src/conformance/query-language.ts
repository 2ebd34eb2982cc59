import { FULL_SCOPE } from '@logmaster/core/scope';
import { describe, expect, test } from 'vitest';
import { CASE_KEYS, caseEvents, STREAM } from './events.ts';
import { find } from './model.ts';
import { QUERY_CASES } from './query-cases.ts';
import { all, failure, idOf, type MakeStore, storeWith } from './test-store.ts';

export function queryLanguage(makeStore: MakeStore): void {
  describe('query language', () => {
    const reader = storeWith(makeStore, caseEvents);
    test.each(QUERY_CASES)('%s', async (text, expected) => {
      const named = expected.filter((key) => key !== '!');
      const wanted =
        expected[0] === '*' ? CASE_KEYS : expected[0] === '!' ? CASE_KEYS.filter((key) => !named.includes(key)) : named;
      const { events } = await reader().search(all(text), { size: 100 });
      const found = events.map((event) => CASE_KEYS[Number(idOf(event).split('.').at(-1))]);
      expect(found.sort()).toEqual([...wanted].sort());
      expect(await reader().count(all(text))).toBe(wanted.length);
      expect(found.sort()).toEqual(
        find(caseEvents(), all(text))
          .map((event) => CASE_KEYS[Number(idOf(event).split('.').at(-1))])
          .sort(),
      );
    });

    test('what was written comes back whole, hostile text included', async () => {
      const { events } = await reader().search(all(''), { size: 100 });
      expect(events).toEqual(caseEvents().reverse());
      for (const event of caseEvents()) expect(await reader().get(idOf(event), FULL_SCOPE)).toEqual(event);
    });

    test('faults are told apart', async () => {
      expect(await failure(reader().count(all('(a')))).toBe('QUERY_SYNTAX');
      expect(await failure(reader().count(all('source.port:many')))).toBe('QUERY_TYPE');
      expect(await failure(reader().search(all(''), { size: 10, after: 'garbage' }))).toBe('INVALID_CURSOR');
      const { after } = await reader().search(all(''), { size: 2 });
      expect(await failure(reader().search(all('closed'), { size: 2, after: after as string }))).toBe('INVALID_CURSOR');
      expect(await reader().get('no such id', FULL_SCOPE)).toBeNull();
      expect(await reader().get(`${STREAM}.9.9`, FULL_SCOPE)).toBeNull();
    });
  });
}
