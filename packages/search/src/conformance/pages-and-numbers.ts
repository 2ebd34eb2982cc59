import type { FlatEvent } from '@logmaster/core/event/event';
import { describe, expect, test } from 'vitest';
import { BASE, makeBatch, makeEvent } from './events.ts';
import { find } from './model.ts';
import { all, failure, idOf, type MakeStore, readAll, storeWith } from './test-store.ts';

export function pagesAndNumbers(makeStore: MakeStore): void {
  describe('pages and numbers', () => {
    // ten records share each moment, so that pages end inside one
    const crowd = () =>
      Array.from({ length: 500 }, (_, index) =>
        makeEvent(index, {
          '@timestamp': BASE + Math.floor(index / 10) * 60_000_000,
          'event.type': ['allowed', 'denied', 'end'][index % 3] as string,
          ...(index % 4 === 0 ? {} : { 'source.ip': `10.0.0.${index % 7}` }),
          labels: { zone: `z${index % 5}` },
        }),
      );
    const reader = storeWith(makeStore, crowd);

    test.each([1, 7, 10, 100, 499, 500, 501])('pages of %i neither lose nor repeat a record', async (size) => {
      const query = all('event.type:(allowed OR denied)');
      const events = await readAll(reader(), query, size === 1 ? 3 : size);
      expect(events.map(idOf)).toEqual(find(crowd(), query).map(idOf));
      expect(await reader().count(query)).toBe(events.length);
    });

    test('a page cursor stays right while new records arrive', async () => {
      const store = await makeStore();
      await store.writer.write(makeBatch(crowd(), 0));
      const first = await store.reader.search(all(''), { size: 100 });
      const newer = Array.from({ length: 50 }, (_, index) =>
        makeEvent(500 + index, { '@timestamp': BASE + 9e9 + index }),
      );
      await store.writer.write(makeBatch(newer, 500));
      const rest: FlatEvent[] = [...first.events];
      for (let { after } = first; after !== null; ) {
        const page = await store.reader.search(all(''), { size: 100, after });
        rest.push(...page.events);
        after = page.after;
      }
      expect(rest.map(idOf)).toEqual(find(crowd(), all('')).map(idOf));
      await store.close();
    });

    test('a histogram sums up to the count, in aligned buckets without holes', async () => {
      const query = { ...all('event.type:denied'), from: BASE - 90_000_000, to: BASE + 3_600_000_001 };
      const histogram = await reader().histogram(query, { buckets: 60, stackBy: 'event.type' });
      expect(histogram.buckets.length).toBeLessThanOrEqual(60);
      for (const [index, bucket] of histogram.buckets.entries()) {
        expect(bucket.from % histogram.intervalMicros).toBe(0);
        expect(bucket.from).toBe((histogram.buckets[0]?.from as number) + index * histogram.intervalMicros);
        expect(Object.values(bucket.stacks).reduce((sum, count) => sum + count, 0)).toBe(bucket.count);
      }
      const first = histogram.buckets[0]?.from as number;
      expect(first).toBeLessThanOrEqual(query.from);
      expect((histogram.buckets.at(-1)?.from as number) + histogram.intervalMicros).toBeGreaterThanOrEqual(query.to);
      expect(histogram.buckets.reduce((sum, { count }) => sum + count, 0)).toBe(await reader().count(query));
    });

    test('stacks name records without the field by the empty text', async () => {
      const query = { ...all(''), from: BASE, to: BASE + 3_600_000_000 };
      const { buckets } = await reader().histogram(query, { buckets: 1, stackBy: 'source.ip' });
      expect(buckets.reduce((sum, { stacks }) => sum + (stacks[''] ?? 0), 0)).toBe(125);
    });

    test.each(['source.ip', 'event.type', 'labels.zone', 'logmaster.record.id', '@timestamp', 'user.name'] as const)(
      'top values of %s, others and missing sum up to the count',
      async (field) => {
        const top = await reader().topValues(all(''), field, 3);
        const sum = top.values.reduce((total, { count }) => total + count, 0) + top.other + top.missing;
        expect(sum).toBe(500);
        expect(top.values.length).toBeLessThanOrEqual(3);
        const counts = top.values.map(({ count }) => count);
        expect(counts).toEqual([...counts].sort((a, b) => b - a));
      },
    );

    test('top values are the most frequent ones', async () => {
      expect(await reader().topValues(all('event.type:denied'), 'labels.zone', 2)).toEqual({
        values: [
          { value: 'z1', count: 34 },
          { value: 'z4', count: 34 },
        ],
        other: 99,
        missing: 0,
      });
    });

    test('the time range is half open', async () => {
      expect(await reader().count(all('', { from: BASE, to: BASE + 60_000_000 }))).toBe(10);
      expect(await reader().count(all('', { from: BASE + 1, to: BASE + 60_000_001 }))).toBe(10);
      expect(await reader().count(all('', { to: BASE }))).toBe(0);
    });

    test('a cancelled search says so, before and while it runs', async () => {
      expect(await failure(reader().count(all(''), { signal: AbortSignal.abort() }))).toBe('SEARCH_CANCELLED');
      const controller = new AbortController();
      const search = reader().count(all('NOT (a*b*c* OR x?y)'), { signal: controller.signal });
      controller.abort();
      expect(await failure(search)).toBe('SEARCH_CANCELLED');
      expect(await reader().count(all(''))).toBe(500);
    });
  });
}
