import { Readable } from 'node:stream';
import { searchResponseSchema } from '@logmaster/core/api/search';
import { openDuckDbWriter } from '@logmaster/search/open';
import { describe, expect, it } from 'vitest';
import { GET as getSearch } from '../../app/api/v1/search/route.ts';
import { appRouter } from '../router.ts';
import { shownError } from '../shown-error.ts';
import { codeOf, RANGE, type RouterRig, storedEvents } from '../testing/router-rig.ts';

export function searchCases(rig: () => RouterRig): void {
  describe('search', () => {
    it('gives a page, its count, bars, facets, a record and suggestions of the same records', async () => {
      const q = 'event.type:denied';
      const page = await rig().caller.search.page({ q, ...RANGE, size: 3 });
      expect(page.events.map((event) => event['logmaster.record.id'])).toEqual([
        'node1.0.1.9',
        'node1.0.1.7',
        'node1.0.1.5',
      ]);
      const rest = await rig().caller.search.page({ q, ...RANGE, size: 3, after: page.after });
      expect(rest.events.map((event) => event['logmaster.record.id'])).toEqual(['node1.0.1.3', 'node1.0.1.1']);
      expect(rest.after).toBeNull();
      expect(await rig().caller.search.count({ q, ...RANGE })).toMatchObject({ value: 5, exact: true });
      const bars = await rig().caller.search.histogram({ ...RANGE, buckets: 60, stackBy: 'event.type' });
      expect(bars.buckets[0]).toMatchObject({ count: 10, stacks: { denied: 5, allowed: 5 } });
      expect(await rig().caller.search.top({ ...RANGE, field: 'source.ip' })).toMatchObject({
        values: [{ value: '10.0.0.7', count: 5 }],
        missing: 5,
      });
      expect(await rig().caller.search.record({ id: 'node1.0.1.9' })).toMatchObject({ labels: { policy: 'lan' } });
      const suggested = await rig().caller.search.suggest({ field: 'event.type', prefix: 'DEN', q: 'event.type:(' });
      expect(suggested.values).toEqual([{ value: 'denied', count: 5 }]);
      expect((await rig().caller.search.suggest({ field: 'event.original', prefix: '' })).values).toEqual([]);
    });

    it('answers wrong input with its code, and a syntax error with its place', async () => {
      expect(await codeOf(rig().caller.search.record({ id: 'node1.0.1.99' }))).toBe('NOT_FOUND');
      expect(await codeOf(rig().caller.search.record({ id: "'; --" }))).toBe('NOT_FOUND');
      expect(await codeOf(rig().caller.search.page({ q: '', from: 'yesterday' }))).toBe('INVALID_INPUT');
      expect(await codeOf(rig().caller.search.top({ field: 'no.such' }))).toBe('INVALID_INPUT');
      expect(await codeOf(rig().caller.search.histogram({ from: RANGE.to, to: RANGE.from }))).toBe('INVALID_INPUT');
      expect(await codeOf(rig().caller.search.page({ q: 'x', after: 'nonsense' }))).toBe('INVALID_CURSOR');
      const error = await rig().caller.search.page({ q: 'a:(' }).catch(shownError);
      expect(error).toMatchObject({ code: 'QUERY_SYNTAX', data: { from: expect.any(Number), to: expect.any(Number) } });
    });

    it('says with every answer what is out of the index, and does not take a part for all', async () => {
      const { layout, logger } = rig().harness.deps;
      const writer = openDuckDbWriter({ indexDir: layout.index, memoryMb: 128, threads: 1, logger });
      await writer.start();
      try {
        const part = await writer.shedOldest(1, () => true);
        expect(part?.records).toBe(10);
        const notices = [{ code: 'INDEX_SHED', days: ['2026-11-22'] }];
        expect(await rig().caller.search.page({ ...RANGE })).toMatchObject({ events: [], notices });
        expect(await rig().caller.search.count({ q: '', ...RANGE })).toMatchObject({ value: 0, exact: false, notices });
        expect(await rig().caller.search.histogram({ ...RANGE, buckets: 10 })).toMatchObject({ notices });
        expect(await rig().caller.search.top({ ...RANGE, field: 'source.ip' })).toMatchObject({ values: [], notices });
        expect(await codeOf(rig().caller.search.record({ id: 'node1.0.1.9' }))).toBe('SEARCH_INCOMPLETE');
        expect((await rig().caller.search.suggest({ field: 'event.type', prefix: 'den' })).values).toEqual([]);
        const answer = await getSearch(rig().request('/api/v1/search'));
        expect(searchResponseSchema.parse(await answer.json())).toMatchObject({
          total: { value: 0, exact: false },
          notices,
        });
        const elsewhere = { from: '2026-11-23T00:00:00Z', to: '2026-11-24T00:00:00Z' };
        expect(await rig().caller.search.page(elsewhere)).toMatchObject({ events: [], notices: [] });
      } finally {
        const [part] = writer.shedParts();
        if (part) await writer.restore(part, Readable.from(storedEvents()));
        await writer.stop();
      }
      expect(await rig().caller.search.count({ q: '', ...RANGE })).toMatchObject({
        value: 10,
        exact: true,
        notices: [],
      });
    });

    it('stops when the asker has gone', async () => {
      const gone = appRouter.createCaller(
        {
          deps: rig().harness.deps,
          session: await rig().harness.deps.sessions.find((await rig().caller.account.me()).sessionId),
          requestId: 'r',
        },
        { signal: AbortSignal.abort() },
      );
      expect(await codeOf(gone.search.page({}))).toBe('SEARCH_CANCELLED');
    });
  });
}
