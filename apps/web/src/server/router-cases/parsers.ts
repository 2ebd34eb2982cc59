import { NextRequest } from 'next/server';
import { encode } from 'next-auth/jwt';
import { describe, expect, it } from 'vitest';
import { POST as postActivation } from '../../app/api/v1/parsers/[name]/activate/route.ts';
import { POST as postDeactivation } from '../../app/api/v1/parsers/[name]/deactivate/route.ts';
import { GET as getParser } from '../../app/api/v1/parsers/[name]/route.ts';
import { GET as getParserVersions } from '../../app/api/v1/parsers/[name]/versions/route.ts';
import { GET as getParsers, POST as postParser } from '../../app/api/v1/parsers/route.ts';
import { POST as postTrial } from '../../app/api/v1/parsers/try/route.ts';
import { shownError } from '../shown-error.ts';
import { codeOf, problemOf, type RouterRig } from '../testing/router-rig.ts';

export function parserCases(rig: () => RouterRig): void {
  describe('custom parsers', () => {
    const definition = {
      name: 'acme',
      kind: 'grok',
      description: 'Doors',
      applies_to: { sites: ['istanbul'] },
      patterns: ['^door %{INT:door} %{WORD:event.action} %{USERNAME:user.name}$'],
    };
    const records = ['door 12 open ayse', 'something else'];
    const params = Promise.resolve({ name: 'acme' });

    it('are tried on given records and on those of a device, saved as versions, taken into use and out of it', async () => {
      const trial = await rig().caller.parsers.try({ definition, records });
      expect(trial).toMatchObject({ totals: { records: 2, matched: 1, unmatched: 1 }, stopped: false });
      expect(trial.results[0]).toMatchObject({
        captures: [{ value: '12' }, { value: 'open' }, { value: 'ayse' }],
        event: { user: { name: 'ayse' }, labels: { door: '12' } },
      });
      const [device] = (await rig().caller.devices.list({})).devices;
      expect((await rig().caller.parsers.try({ definition, device: device?.id })).totals).toMatchObject({ records: 0 });
      expect(await codeOf(rig().caller.parsers.try({ definition, device: crypto.randomUUID() }))).toBe('NOT_FOUND');
      expect(await codeOf(rig().caller.parsers.try({ definition }))).toBe('INVALID_INPUT');

      expect(await rig().caller.parsers.list()).toEqual({ parsers: [] });
      expect(await rig().caller.parsers.save({ definition })).toMatchObject({
        name: 'acme',
        version: 1,
        active: true,
        author: 'admin',
      });
      const second = { ...definition, constants: { 'observer.vendor': 'Acme' } };
      expect(await rig().caller.parsers.save({ definition: second, activate: false })).toMatchObject({
        version: 2,
        active: false,
      });
      expect(await rig().caller.parsers.show({ name: 'acme' })).toMatchObject({ version: 1, definition });
      expect(await rig().caller.parsers.activate({ name: 'acme', version: 2 })).toMatchObject({
        active_version: 2,
        newest_version: 2,
      });
      expect(await rig().caller.parsers.show({ name: 'acme' })).toMatchObject({ version: 2, definition: second });
      expect((await rig().caller.parsers.versions({ name: 'acme' })).versions.map(({ version }) => version)).toEqual([
        2, 1,
      ]);
      expect(await rig().caller.parsers.deactivate({ name: 'acme' })).toMatchObject({
        active_version: null,
        description: 'Doors',
      });
      expect(await codeOf(rig().caller.parsers.activate({ name: 'acme', version: 3 }))).toBe('NOT_FOUND');
      expect(await codeOf(rig().caller.parsers.show({ name: 'other' }))).toBe('NOT_FOUND');
    });

    it('that can’t be used are refused with all their faults, and nothing is saved', async () => {
      const broken = { ...definition, name: 'broken', patterns: ['('], fields: { a: 'logmaster.site.id' } };
      expect(await codeOf(rig().caller.parsers.save({ definition: broken }))).toBe('PARSER_INVALID');
      const error = await rig()
        .caller.parsers.save({ definition: { ...definition, patterns: ['(', ')'] } })
        .catch(shownError);
      expect(error).toMatchObject({ data: { faults: [{ path: 'patterns.0' }, { path: 'patterns.1' }] } });
      expect((await rig().caller.parsers.list()).parsers.map(({ name }) => name)).toEqual(['acme']);
    });

    it('REST: a token that reads shows and tries, a session changes', async () => {
      const { sessionId } = await rig().caller.account.me();
      const sub = (await rig().harness.deps.sessions.find(sessionId))?.id ?? '';
      const cookie = await encode({ token: { sub, sessionId }, secret: rig().harness.deps.cookieSecret });
      const call = (path: string, by: 'token' | 'session', method = 'GET', body?: unknown) =>
        new NextRequest(`http://127.0.0.1${path}`, {
          method,
          headers:
            by === 'token'
              ? { authorization: `Bearer ${rig().token}` }
              : { cookie: `next-auth.session-token=${cookie}` },
          ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
        });
      const save = (by: 'token' | 'session', body: unknown) => postParser(call('/api/v1/parsers', by, 'POST', body));

      expect(await problemOf(await save('token', { definition }))).toMatchObject({ code: 'FORBIDDEN' });
      expect(
        await problemOf(await postDeactivation(call('/api/v1/parsers/acme/deactivate', 'token', 'POST'), { params })),
      ).toMatchObject({ code: 'FORBIDDEN' });
      const saved = await save('session', { definition });
      expect([saved.status, await saved.json()]).toMatchObject([201, { version: 3, active: true }]);
      const activation = await postActivation(
        call('/api/v1/parsers/acme/activate', 'session', 'POST', { version: 1 }),
        {
          params,
        },
      );
      expect(await activation.json()).toMatchObject({ active_version: 1 });

      const trial = await postTrial(call('/api/v1/parsers/try', 'token', 'POST', { definition, records }));
      expect(await trial.json()).toMatchObject({ totals: { matched: 1 } });
      expect(await (await getParsers(call('/api/v1/parsers', 'token'))).json()).toMatchObject({
        parsers: [{ name: 'acme' }],
      });
      const shown = await getParser(call('/api/v1/parsers/acme?version=2', 'token'), { params });
      expect(await shown.json()).toMatchObject({ version: 2, active: false });
      const versions = await getParserVersions(call('/api/v1/parsers/acme/versions', 'token'), { params });
      expect((await versions.json()).versions).toHaveLength(3);
      const gone = await postDeactivation(call('/api/v1/parsers/acme/deactivate', 'session', 'POST'), { params });
      expect(await gone.json()).toMatchObject({ active_version: null });

      expect(await problemOf(await save('session', 'no json'))).toMatchObject({ code: 'INVALID_INPUT' });
      expect(await problemOf(await save('session', 'x'.repeat(5_000_000)))).toMatchObject({
        code: 'REQUEST_TOO_LARGE',
      });
      expect(await problemOf(await save('session', { definition: { name: 'x' } }))).toMatchObject({
        code: 'PARSER_INVALID',
        data: { faults: [{ path: 'kind' }] },
      });
      expect(await problemOf(await getParsers(new NextRequest('http://127.0.0.1/api/v1/parsers')))).toMatchObject({
        code: 'UNAUTHENTICATED',
      });
    });
  });
}
