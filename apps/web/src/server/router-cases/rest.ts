import { restCoverageListSchema, restCoverageSchema } from '@logmaster/core/api/coverage';
import { ERRORS } from '@logmaster/core/errors';
import { describe, expect, it } from 'vitest';
import { GET as unknownPath } from '../../app/api/[...path]/route.ts';
import { GET as getCoverages } from '../../app/api/v1/coverage/route.ts';
import { GET as getCoverage } from '../../app/api/v1/devices/[id]/coverage/route.ts';
import { GET as getDevices } from '../../app/api/v1/devices/route.ts';
import { GET as getHealth } from '../../app/api/v1/health/route.ts';
import { GET as getLive } from '../../app/api/v1/live/route.ts';
import { GET as getPipeline } from '../../app/api/v1/pipeline/route.ts';
import { GET as getReady } from '../../app/api/v1/ready/route.ts';
import { GET as getSearch } from '../../app/api/v1/search/route.ts';
import { problemOf, RANGE, type RouterRig } from '../testing/router-rig.ts';

export function restCases(rig: () => RouterRig): void {
  describe('REST', () => {
    it('search answers nested ECS with an exact total and a cursor', async () => {
      const query = new URLSearchParams({ q: 'event.type:denied', ...RANGE, size: '2' });
      const first = await (await getSearch(rig().request(`/api/v1/search?${query}`))).json();
      expect(first).toMatchObject({ total: { value: 5, exact: true }, took_ms: expect.any(Number) });
      expect(first.records[0]).toMatchObject({
        '@timestamp': '2026-11-22T09:00:09.000000Z',
        source: { ip: '10.0.0.7' },
        logmaster: { record: { id: 'node1.0.1.9' } },
        labels: { policy: 'lan' },
      });
      query.set('after', first.after);
      const second = await (await getSearch(rig().request(`/api/v1/search?${query}`))).json();
      expect(second.records[0].logmaster.record.id).toBe('node1.0.1.5');
    });

    it.each([
      ['/api/v1/search?form=x', 'INVALID_INPUT'],
      ['/api/v1/search?q=a&q=b', 'INVALID_INPUT'],
      ['/api/v1/search?size=0', 'INVALID_INPUT'],
      ['/api/v1/search?size=ten', 'INVALID_INPUT'],
      ['/api/v1/search?from=2026-11-22', 'INVALID_INPUT'],
      ['/api/v1/search?q=a:(', 'QUERY_SYNTAX'],
      ['/api/v1/search?q=source.port:abc', 'QUERY_TYPE'],
    ])('%s is %s', async (path, code) => {
      const problem = await problemOf(await getSearch(rig().request(path)));
      expect(problem).toMatchObject({ code, status: 400 });
      if (code === 'QUERY_SYNTAX') expect(problem.data).toEqual({ from: expect.any(Number), to: expect.any(Number) });
    });

    it('needs a token that holds, save for health', async () => {
      for (const bearer of [null, 'nonsense', `${rig().token}x`]) {
        const response = await getSearch(rig().request('/api/v1/search', bearer));
        expect(response.headers.get('www-authenticate')).toMatch(/^Bearer/);
        expect((await problemOf(response)).code).toBe('UNAUTHENTICATED');
      }
      expect((await getDevices(rig().request('/api/v1/devices', null))).status).toBe(401);
      const health = await (await getHealth(rig().request('/api/v1/health', null))).json();
      expect(health.parts).toContainEqual({ name: 'database', state: 'ok' });
      expect(health.parts).toContainEqual({
        name: 'ingest',
        state: 'down',
        code: 'INGEST_UNAVAILABLE',
        reason: ERRORS.INGEST_UNAVAILABLE.title,
      });
      const [pipeline, nowhere] = [
        await getPipeline(rig().request('/api/v1/pipeline')),
        await unknownPath(rig().request('/api/x')),
      ];
      expect((await problemOf(pipeline)).code).toBe('INGEST_UNAVAILABLE');
      expect((await problemOf(nowhere)).code).toBe('NOT_FOUND');
    });

    it('shows how devices are parsed, and a drift until it is accepted', async () => {
      const all = restCoverageListSchema.parse(await (await getCoverages(rig().request('/api/v1/coverage'))).json());
      expect(all.devices).toMatchObject([
        { address: '10.0.0.1', records: 23_000, usual_score: 0.99, drift: { kinds: ['score'], score: 0.4 } },
      ]);
      const [{ id } = { id: '' }] = all.devices;
      const one = async (path: string, given = id) => {
        const params = Promise.resolve({ id: given });
        return getCoverage(rig().request(`/api/v1/devices/${given}/coverage${path}`), { params });
      };
      const known = restCoverageSchema.parse(await (await one('?hours=2')).json());
      expect(known).toMatchObject({ ok: 400, raw: 600, score: 0.4, baseline: { score: 0.99 } });
      expect(known.hours).toHaveLength(1);
      expect(known.patterns).toEqual([{ pattern: 'fan * failed', count: 600, sample: 'node1.0.1.1' }]);
      expect(known.fields.map(({ name }) => name)).toEqual(['source.ip']);
      expect((await problemOf(await one('?hours=0'))).code).toBe('INVALID_INPUT');
      expect((await problemOf(await one('', 'nobody'))).code).toBe('NOT_FOUND');
      expect((await problemOf(await one('', crypto.randomUUID()))).code).toBe('NOT_FOUND');
      expect(await rig().caller.devices.coverage({ id })).toMatchObject({ drift: { usualScore: 0.99 } });
      await rig().caller.devices.acceptCoverage({ id });
      expect(await rig().caller.devices.coverages()).toMatchObject([{ id, drift: null, baseline: null }]);
    });

    it('says that the database is away, and nothing about it', async () => {
      await rig().server.stop();
      const problem = await problemOf(await getDevices(rig().request('/api/v1/devices')));
      expect(problem).toMatchObject({ code: 'DATABASE_UNAVAILABLE', status: 503 });
      const health = await (await getHealth(rig().request('/api/v1/health', null))).json();
      expect(health.state).toBe('down');
      const [ready, live] = [
        await getReady(rig().request('/api/v1/ready', null)),
        await getLive(rig().request('/api/v1/live', null)),
      ];
      expect([ready.status, await ready.json()]).toEqual([503, { ready: false }]);
      expect([live.status, await live.json()]).toEqual([200, { live: true }]);
      await rig().server.start();
      expect((await getReady(rig().request('/api/v1/ready', null))).status).toBe(200);
      expect((await getDevices(rig().request('/api/v1/devices'))).status).toBe(200);
    });
  });
}
