import type { FlatEvent } from '@logmaster/core/event/event';
import { FULL_SCOPE, type Scope } from '@logmaster/core/scope';
import { describe, expect, test } from 'vitest';
import type { SearchQuery } from '../store.ts';
import { BASE, makeEvent } from './events.ts';
import { failure, idOf, type MakeStore, scoped, storeWith } from './test-store.ts';

export function scopeRules(makeStore: MakeStore): void {
  describe('scope', () => {
    const mixed = () => [
      makeEvent(0, { message: 'one secret', 'event.original': 'user=Ali one secret', 'user.name': 'ali' }),
      makeEvent(1, { 'logmaster.site.id': 'ankara', 'logmaster.device.id': 'asa-1', message: 'two secret' }),
      makeEvent(2, {
        'logmaster.device.id': 'fgt-2',
        message: 'three ALI',
        'event.original': 'x three ALI',
        'user.name': 'ali',
      }),
      makeEvent(3, { message: 'four ali', 'event.original': 'four ali', 'user.name': 'veli', 'source.port': 1234 }),
      makeEvent(4, { message: 'five', 'event.original': 'port=99 five', 'source.port': 99, labels: { card: '4111' } }),
    ];
    const reader = storeWith(makeStore, mixed);
    const cases: [string, Partial<Scope>, number[]][] = [
      ['site', { sites: ['ankara'] }, [1]],
      ['no site at all', { sites: [] }, []],
      ['device', { devices: ['fgt-2', 'asa-1'] }, [1, 2]],
      ['site and device', { sites: ['istanbul'], devices: ['fgt-2', 'asa-1'] }, [2]],
      ['from', { from: BASE + 2_250_000 }, [2, 3, 4]],
      ['to', { to: BASE + 2_250_000 }, [0, 1]],
    ];
    test.each(cases)('by %s holds for every call', async (_, part, expected) => {
      const scope = scoped(part);
      const query: SearchQuery & { from: number; to: number } = { text: '', scope, from: BASE - 1e9, to: BASE + 1e9 };
      const { events } = await reader().search(query, { size: 10 });
      expect(events.map((event) => Number(idOf(event).split('.').at(-1))).sort()).toEqual(expected);
      expect(await reader().count(query)).toBe(expected.length);
      const histogram = await reader().histogram(query, { buckets: 10, stackBy: 'logmaster.site.id' });
      expect(histogram.buckets.reduce((sum, { count }) => sum + count, 0)).toBe(expected.length);
      const top = await reader().topValues(query, 'logmaster.record.id', 10);
      expect(top.values.map(({ value }) => Number(value.split('.').at(-1))).sort()).toEqual(expected);
      expect(top.missing + top.other).toBe(0);
      for (const event of mixed()) {
        const seen = await reader().get(idOf(event), scope);
        expect(seen === null).toBe(!expected.includes(Number(idOf(event).split('.').at(-1))));
      }
      // an OR in the text does not reach around the scope
      expect(await reader().count({ ...query, text: 'secret OR NOT secret OR _exists_:message' })).toBe(
        expected.length,
      );
    });

    const masked = scoped({ maskedFields: ['user.name', 'source.port', 'labels.card'] });
    test('a masked field can’t be searched, stacked or listed', async () => {
      const query = { text: '', scope: masked, from: BASE, to: BASE + 1e9 };
      for (const text of ['user.name:ali', 'NOT _exists_:user.name', 'five OR source.port:>1', 'labels.card:*']) {
        expect(await failure(reader().search({ ...query, text }, { size: 5 }))).toBe('QUERY_FIELD_MASKED');
        expect(await failure(reader().count({ ...query, text }))).toBe('QUERY_FIELD_MASKED');
      }
      expect(await failure(reader().topValues(query, 'user.name', 5))).toBe('QUERY_FIELD_MASKED');
      expect(await failure(reader().topValues(query, 'event.original', 5))).toBe('QUERY_FIELD_MASKED');
      expect(await failure(reader().histogram(query, { buckets: 5, stackBy: 'labels.card' }))).toBe(
        'QUERY_FIELD_MASKED',
      );
    });

    test('a masked value is neither shown nor found in the raw text', async () => {
      const { events } = await reader().search({ text: '', scope: masked }, { size: 10 });
      const text = JSON.stringify(events.map(({ message, ...rest }) => [message, rest]));
      expect(text).not.toMatch(/user\.name|source\.port|4111|99/);
      expect(text).not.toMatch(/user=Ali|three ALI/);
      // veli does not stand in the raw text of record 3, nor 4111 in that of record 4: all of it is hidden
      expect((await reader().get(idOf(mixed()[3] as FlatEvent), masked))?.message).toBe('•••');
      expect(await reader().count({ text: 'ali', scope: masked })).toBe(0);
      expect(await reader().count({ text: 'ALI OR four', scope: masked })).toBe(0);
      expect(await reader().count({ text: 'event.original:user', scope: masked })).toBe(1);
      expect(await reader().count({ text: 'NOT ali', scope: masked })).toBe(5);
      expect(await reader().count({ text: 'secret', scope: masked })).toBe(2);
      expect(await reader().count({ text: 'ali', scope: FULL_SCOPE })).toBe(3);
    });
  });
}
