import { AppError, type ErrorCode } from '@logmaster/core/errors';
import type { FlatEvent } from '@logmaster/core/event/event';
import { FULL_SCOPE, type Scope } from '@logmaster/core/scope';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ReplayStore, SearchQuery, SearchStore } from '../store.ts';
import { anyEvent, anyQuery } from './arbitraries.ts';
import { BASE, CASE_KEYS, caseEvents, makeBatch, makeEvent, STREAM } from './events.ts';
import { find } from './model.ts';
import { QUERY_CASES } from './query-cases.ts';

/** An empty store of a test of its own: where to write, where to read (may be the same), how to end it. */
export interface TestStore {
  readonly writer: SearchStore & ReplayStore;
  readonly reader: SearchStore;
  readonly close: () => Promise<void>;
}

const all = (text: string, more: Partial<SearchQuery> = {}): SearchQuery => ({ text, scope: FULL_SCOPE, ...more });
const scoped = (more: Partial<Scope>): Scope => ({ ...FULL_SCOPE, ...more });
const idOf = (event: FlatEvent) => event['logmaster.record.id'] as string;

/** All rows of a query through its pages. */
export async function readAll(store: SearchStore, query: SearchQuery, size: number): Promise<FlatEvent[]> {
  const events: FlatEvent[] = [];
  let after: string | undefined;
  for (;;) {
    const page = await store.search(query, { size, after });
    events.push(...page.events);
    if (page.after === null) return events;
    expect(page.events).toHaveLength(size);
    after = page.after;
  }
}

async function failure(promise: Promise<unknown>): Promise<ErrorCode> {
  const error: unknown = await promise.then(
    () => new Error('it did not fail'),
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof AppError)) throw error;
  return error.code;
}

/** What every SearchStore must do. Run once per engine. */
export function runConformance(makeStore: () => Promise<TestStore>): void {
  const shared = (events: () => readonly FlatEvent[]) => {
    const holder: { store?: TestStore } = {};
    beforeAll(async () => {
      holder.store = await makeStore();
      await holder.store.writer.write(makeBatch(events(), 0));
    });
    afterAll(() => holder.store?.close());
    return () => (holder.store as TestStore).reader;
  };

  describe('query language', () => {
    const reader = shared(caseEvents);
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
    const reader = shared(crowd);

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
    const reader = shared(mixed);
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

  describe('writing', () => {
    const numbered = (from: number, to: number) =>
      Array.from({ length: to - from }, (_, index) => makeEvent(from + index));

    test('a replayed batch adds only what is missing', async () => {
      const store = await makeStore();
      expect(await store.writer.position(STREAM)).toBeNull();
      await store.writer.write(makeBatch(numbered(0, 10), 0));
      await store.writer.write(makeBatch(numbered(0, 10), 0));
      await store.writer.write(makeBatch(numbered(4, 8), 4));
      await store.writer.write(makeBatch(numbered(5, 15), 5));
      expect(await store.writer.position(STREAM)).toEqual({ journal: 1, sequence: 15 });
      const ids = (await readAll(store.reader, all(''), 4)).map(idOf);
      expect(ids.sort()).toEqual(numbered(0, 15).map(idOf).sort());
      await store.close();
    });

    test('a replay adds what no batch brought, once, and moves no position', async () => {
      const { writer, reader, close } = await makeStore();
      const events = Array.from({ length: 6 }, (_, index) => makeEvent(index));
      const aside = [events[1], events[4]] as FlatEvent[];
      await writer.write(
        makeBatch(
          events.filter((event) => !aside.includes(event)),
          0,
        ),
      );
      const position = await writer.position(STREAM);
      await writer.addMissing(aside.slice(0, 1));
      await writer.addMissing(aside);
      await writer.addMissing(events);
      expect(await writer.position(STREAM)).toEqual(position);
      const found = await readAll(reader, all(''), 4);
      expect(found.map(idOf).sort()).toEqual(events.map(idOf).sort());
      const wrong = { ...makeEvent(7) };
      delete wrong['logmaster.site.id'];
      expect(await failure(writer.addMissing([wrong]))).toBe('INVALID_INPUT');
      await close();
    });

    test('events are put in the place of older ones of the same records, and no record is added or lost', async () => {
      const { writer, reader, close } = await makeStore();
      const events = Array.from({ length: 40 }, (_, index) =>
        makeEvent(index, {
          'logmaster.parse.status': 'raw',
          'logmaster.site.id': index % 4 === 0 ? 'ankara' : 'istanbul',
        }),
      );
      await writer.write(makeBatch(events.slice(0, 20), 0));
      await writer.write(makeBatch(events.slice(20), 20));
      const position = await writer.position(STREAM);
      const day = { site: 'istanbul', day: '2026-11-22' };
      const better = (index: number): FlatEvent => ({
        ...(events[index] as FlatEvent),
        '@timestamp': BASE - index * 60_000_000,
        'logmaster.parse.status': 'ok',
        'user.name': `u${index}`,
        labels: { colour: 'red' },
      });
      const stranger = makeEvent(99);
      const replaced = [1, 5, 22].map(better);
      expect(await writer.replace(day, [...replaced, stranger])).toBe(3);
      expect(await writer.replace(day, replaced)).toBe(3);
      expect(await writer.replace(day, [])).toBe(0);
      const found = await readAll(reader, all(''), 7);
      const expected = events.map((event) => replaced.find((one) => idOf(one) === idOf(event)) ?? event);
      const byId = (list: readonly FlatEvent[]) => new Map(list.map((event) => [idOf(event), event]));
      expect(found).toHaveLength(40);
      expect(byId(found)).toEqual(byId(expected));
      expect(await reader.count(all('logmaster.parse.status:ok AND labels.colour:red'))).toBe(3);
      expect(await reader.count({ ...all('user.name:u22'), from: BASE - 22 * 60_000_000, to: BASE })).toBe(1);
      expect(await writer.position(STREAM)).toEqual(position);
      expect(await failure(writer.replace(day, [better(4)]))).toBe('INVALID_INPUT');
      await close();
    });

    test('an empty batch moves the position, streams are independent, midnight is no border', async () => {
      const store = await makeStore();
      await store.writer.write({ ...makeBatch([], 0), to: { journal: 3, sequence: 0 } });
      expect(await store.writer.position(STREAM)).toEqual({ journal: 3, sequence: 0 });
      const midnight = Date.UTC(2026, 10, 23) * 1000;
      const events = [-1, 0].map((offset, index) => ({
        ...makeEvent(index, { 'logmaster.received_at': midnight + offset }),
        'logmaster.record.id': `node1.1.1.${index}`,
      }));
      await store.writer.write({ ...makeBatch(events, 0), stream: 'node1.1' });
      expect(await store.writer.position('node1.1')).toEqual({ journal: 1, sequence: 2 });
      expect(await store.reader.count(all(''))).toBe(2);
      await store.close();
    });

    test('a batch with an event that can’t be indexed is refused whole', async () => {
      const store = await makeStore();
      const { '@timestamp': _, ...timeless } = makeEvent(1);
      expect(await failure(store.writer.write(makeBatch([makeEvent(0), timeless], 0)))).toBe('INVALID_INPUT');
      expect(await store.reader.count(all(''))).toBe(0);
      expect(await store.writer.position(STREAM)).toBeNull();
      await store.close();
    });
  });

  describe('against a model', () => {
    const holder: { store?: TestStore } = {};
    beforeAll(async () => {
      holder.store = await makeStore();
    });
    afterAll(() => holder.store?.close());
    let run = 0;
    test('answers are the same for any events and any query', async () => {
      const { writer, reader } = holder.store as TestStore;
      await fc.assert(
        fc.asyncProperty(
          fc.array(anyEvent, { maxLength: 12 }),
          fc.array(anyQuery, { minLength: 8, maxLength: 8 }),
          async (drafts, texts) => {
            // all runs share the store; each sees only its own device
            run++;
            const device = `run-${run}`;
            const events = drafts.map((draft, index) =>
              makeEvent(index, { ...draft, 'logmaster.device.id': device }, run),
            );
            const half = Math.floor(events.length / 2);
            await writer.write(makeBatch(events.slice(0, half), 0, run));
            await writer.write(makeBatch(events.slice(half), half, run));
            const scope = scoped({ devices: [device] });
            for (const text of texts) {
              const query: SearchQuery = { text, scope };
              const { events: found } = await reader.search(query, { size: 100 });
              expect({ text, found }).toEqual({ text, found: find(events, query) });
            }
          },
        ),
        { numRuns: 20 },
      );
    });
  });
}
