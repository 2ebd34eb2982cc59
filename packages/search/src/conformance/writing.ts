import type { FlatEvent } from '@logmaster/core/event/event';
import { describe, expect, test } from 'vitest';
import { BASE, makeBatch, makeEvent, STREAM } from './events.ts';
import { all, failure, idOf, type MakeStore, readAll } from './test-store.ts';

export function writing(makeStore: MakeStore): void {
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
}
