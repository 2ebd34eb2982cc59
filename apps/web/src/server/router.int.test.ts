import { Readable } from 'node:stream';
import { restCoverageListSchema, restCoverageSchema } from '@logmaster/core/api/coverage';
import { searchResponseSchema } from '@logmaster/core/api/search';
import { NO_COVERAGE } from '@logmaster/core/coverage/counts';
import { MICROS_PER_HOUR } from '@logmaster/core/coverage/window';
import { ERRORS } from '@logmaster/core/errors';
import { createFirstAdmin } from '@logmaster/db/bootstrap';
import { openCoverageDirectory } from '@logmaster/db/coverage/coverage-directory';
import { openDeviceDirectory } from '@logmaster/db/device-directory';
import { withTokensOf } from '@logmaster/db/tokens';
import { makeBatch, makeEvent } from '@logmaster/search/conformance/events';
import { openDuckDbWriter } from '@logmaster/search/open';
import { startPostgres, type TestPostgres } from '@logmaster/testkit/postgres';
import { TRPCError } from '@trpc/server';
import { NextRequest } from 'next/server';
import { encode } from 'next-auth/jwt';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { GET as unknownPath } from '../app/api/[...path]/route.ts';
import { GET as getAssets } from '../app/api/v1/assets/route.ts';
import { GET as getCoverages } from '../app/api/v1/coverage/route.ts';
import { GET as getCoverage } from '../app/api/v1/devices/[id]/coverage/route.ts';
import { GET as getDevices } from '../app/api/v1/devices/route.ts';
import { GET as getHealth } from '../app/api/v1/health/route.ts';
import { GET as getLive } from '../app/api/v1/live/route.ts';
import { GET as getOpenApi } from '../app/api/v1/openapi.json/route.ts';
import { POST as postActivation } from '../app/api/v1/parsers/[name]/activate/route.ts';
import { POST as postDeactivation } from '../app/api/v1/parsers/[name]/deactivate/route.ts';
import { GET as getParser } from '../app/api/v1/parsers/[name]/route.ts';
import { GET as getParserVersions } from '../app/api/v1/parsers/[name]/versions/route.ts';
import { GET as getParsers, POST as postParser } from '../app/api/v1/parsers/route.ts';
import { POST as postTrial } from '../app/api/v1/parsers/try/route.ts';
import { GET as getPipeline } from '../app/api/v1/pipeline/route.ts';
import { GET as getReady } from '../app/api/v1/ready/route.ts';
import { GET as getSearch } from '../app/api/v1/search/route.ts';
import { appRouter } from './router.ts';
import { setDependencies } from './running.ts';
import { signIn } from './services/session/sign-in.ts';
import { shownError } from './shown-error.ts';
import { type Harness, makeHarness } from './testing/harness.ts';

const PASSWORD = 'one-time password';
const RANGE = { from: '2026-11-22T09:00:00Z', to: '2026-11-22T10:00:00Z' };

let server: TestPostgres;
let harness: Harness;
let token: string;
let caller: ReturnType<typeof appRouter.createCaller>;

async function writeEvents(): Promise<void> {
  const { layout, logger } = harness.deps;
  const writer = openDuckDbWriter({ indexDir: layout.index, memoryMb: 128, threads: 1, logger });
  await writer.start();
  await writer.write(makeBatch(storedEvents(), 0));
  await writer.stop();
}

function storedEvents() {
  const denied = { 'event.type': 'denied', 'source.ip': '10.0.0.7', labels: { policy: 'lan' } };
  return Array.from({ length: 10 }, (_, index) => makeEvent(index, index % 2 ? denied : { 'event.type': 'allowed' }));
}

/** A day of what is usual, then an hour of something else. */
async function reportCoverage(url: string): Promise<void> {
  const directory = openCoverageDirectory({ url });
  const { now } = harness.clock;
  const window = (hoursAgo: number, ok: number) => {
    const patterns = [{ pattern: 'fan * failed', count: 1000 - ok, sample: 'node1.0.1.1' }];
    const counts = { ...NO_COVERAGE, ok, raw: 1000 - ok, fields: ['source.ip'], patterns };
    return { deviceId: undefined, address: '10.0.0.1', hour: now - hoursAgo * MICROS_PER_HOUR, counts };
  };
  await directory.reportCoverage(
    Array.from({ length: 24 }, (_, index) => window(index + 3, 990)),
    now,
  );
  await directory.reportCoverage([window(0, 400)], now);
  await directory.close();
}

async function callAs(mustChangePassword: boolean): Promise<typeof caller> {
  const user = await signIn(harness.deps, {
    username: 'admin',
    password: PASSWORD,
    address: '10.0.0.9',
    userAgent: 't',
  });
  const session = { ...user, mustChangePassword };
  return appRouter.createCaller({ deps: harness.deps, session, requestId: 'r' });
}

/** The code that the browser would see. */
async function codeOf(call: Promise<unknown>): Promise<string> {
  return call.then(
    () => 'ok',
    (error) => (error instanceof TRPCError ? shownError(error).code : `not a TRPCError: ${error}`),
  );
}

beforeAll(async () => {
  server = await startPostgres();
  const url = await server.createDatabase();
  harness = await makeHarness(url);
  setDependencies(harness.deps);
  const { primary } = harness.deps.database;
  await createFirstAdmin(primary, { username: 'admin', password: PASSWORD });
  await primary.user.updateMany({ data: { mustChangePassword: false } });
  const directory = openDeviceDirectory({ url });
  await directory.report([
    {
      address: '10.0.0.1',
      records: 3,
      firstSeen: 1e15,
      lastSeen: 2e15,
      vendor: 'Cisco',
      product: 'ASA',
      hostname: 'IZMIR-fw',
      clockSkew: 90_000_000,
    },
  ]);
  await directory.close();
  await reportCoverage(url);
  token = await withTokensOf(url, 'admin', ({ create }) => create({ name: 'test', scopes: ['read'], siteId: null }));
  await writeEvents();
  caller = await callAs(false);
});
afterAll(async () => {
  await harness.close();
  await server.remove();
});

const request = (path: string, bearer: string | null = token) =>
  new Request(`http://127.0.0.1${path}`, bearer === null ? {} : { headers: { authorization: `Bearer ${bearer}` } });

describe('who may call what', () => {
  it('nobody without a session, and only account.* while the password must be changed', async () => {
    const nobody = appRouter.createCaller({ deps: harness.deps, session: null, requestId: 'r' });
    const fresh = await callAs(true);
    const calls: Readonly<Record<string, (who: typeof caller) => Promise<unknown>>> = {
      'search.page': (who) => who.search.page({}),
      'evidence.sites': (who) => who.evidence.sites(),
      'devices.list': (who) => who.devices.list({}),
      'sites.list': (who) => who.sites.list(),
      'tokens.create': (who) => who.tokens.create({ name: 'x' }),
      'health.get': (who) => who.health.get(),
    };
    for (const [name, call] of Object.entries(calls)) {
      expect([name, await codeOf(call(nobody)), await codeOf(call(fresh)), await codeOf(call(caller))]).toEqual([
        name,
        'UNAUTHENTICATED',
        'PASSWORD_CHANGE_REQUIRED',
        'ok',
      ]);
    }
    expect(await codeOf(nobody.account.me())).toBe('UNAUTHENTICATED');
    expect(await fresh.account.me()).toMatchObject({ username: 'admin', mustChangePassword: false });
  });
});

describe('search', () => {
  it('gives a page, its count, bars, facets, a record and suggestions of the same records', async () => {
    const q = 'event.type:denied';
    const page = await caller.search.page({ q, ...RANGE, size: 3 });
    expect(page.events.map((event) => event['logmaster.record.id'])).toEqual([
      'node1.0.1.9',
      'node1.0.1.7',
      'node1.0.1.5',
    ]);
    const rest = await caller.search.page({ q, ...RANGE, size: 3, after: page.after });
    expect(rest.events.map((event) => event['logmaster.record.id'])).toEqual(['node1.0.1.3', 'node1.0.1.1']);
    expect(rest.after).toBeNull();
    expect(await caller.search.count({ q, ...RANGE })).toMatchObject({ value: 5, exact: true });
    const bars = await caller.search.histogram({ ...RANGE, buckets: 60, stackBy: 'event.type' });
    expect(bars.buckets[0]).toMatchObject({ count: 10, stacks: { denied: 5, allowed: 5 } });
    expect(await caller.search.top({ ...RANGE, field: 'source.ip' })).toMatchObject({
      values: [{ value: '10.0.0.7', count: 5 }],
      missing: 5,
    });
    expect(await caller.search.record({ id: 'node1.0.1.9' })).toMatchObject({ labels: { policy: 'lan' } });
    const suggested = await caller.search.suggest({ field: 'event.type', prefix: 'DEN', q: 'event.type:(' });
    expect(suggested.values).toEqual([{ value: 'denied', count: 5 }]);
    expect((await caller.search.suggest({ field: 'event.original', prefix: '' })).values).toEqual([]);
  });

  it('answers wrong input with its code, and a syntax error with its place', async () => {
    expect(await codeOf(caller.search.record({ id: 'node1.0.1.99' }))).toBe('NOT_FOUND');
    expect(await codeOf(caller.search.record({ id: "'; --" }))).toBe('NOT_FOUND');
    expect(await codeOf(caller.search.page({ q: '', from: 'yesterday' }))).toBe('INVALID_INPUT');
    expect(await codeOf(caller.search.top({ field: 'no.such' }))).toBe('INVALID_INPUT');
    expect(await codeOf(caller.search.histogram({ from: RANGE.to, to: RANGE.from }))).toBe('INVALID_INPUT');
    expect(await codeOf(caller.search.page({ q: 'x', after: 'nonsense' }))).toBe('INVALID_CURSOR');
    const error = await caller.search.page({ q: 'a:(' }).catch(shownError);
    expect(error).toMatchObject({ code: 'QUERY_SYNTAX', data: { from: expect.any(Number), to: expect.any(Number) } });
  });

  it('says with every answer what is out of the index, and does not take a part for all', async () => {
    const { layout, logger } = harness.deps;
    const writer = openDuckDbWriter({ indexDir: layout.index, memoryMb: 128, threads: 1, logger });
    await writer.start();
    try {
      const part = await writer.shedOldest(1, () => true);
      expect(part?.records).toBe(10);
      const notices = [{ code: 'INDEX_SHED', days: ['2026-11-22'] }];
      expect(await caller.search.page({ ...RANGE })).toMatchObject({ events: [], notices });
      expect(await caller.search.count({ q: '', ...RANGE })).toMatchObject({ value: 0, exact: false, notices });
      expect(await caller.search.histogram({ ...RANGE, buckets: 10 })).toMatchObject({ notices });
      expect(await caller.search.top({ ...RANGE, field: 'source.ip' })).toMatchObject({ values: [], notices });
      expect(await codeOf(caller.search.record({ id: 'node1.0.1.9' }))).toBe('SEARCH_INCOMPLETE');
      expect((await caller.search.suggest({ field: 'event.type', prefix: 'den' })).values).toEqual([]);
      const answer = await getSearch(request('/api/v1/search'));
      expect(searchResponseSchema.parse(await answer.json())).toMatchObject({
        total: { value: 0, exact: false },
        notices,
      });
      const elsewhere = { from: '2026-11-23T00:00:00Z', to: '2026-11-24T00:00:00Z' };
      expect(await caller.search.page(elsewhere)).toMatchObject({ events: [], notices: [] });
    } finally {
      const [part] = writer.shedParts();
      if (part) await writer.restore(part, Readable.from(storedEvents()));
      await writer.stop();
    }
    expect(await caller.search.count({ q: '', ...RANGE })).toMatchObject({ value: 10, exact: true, notices: [] });
  });

  it('stops when the asker has gone', async () => {
    const gone = appRouter.createCaller(
      {
        deps: harness.deps,
        session: await harness.deps.sessions.find((await caller.account.me()).sessionId),
        requestId: 'r',
      },
      { signal: AbortSignal.abort() },
    );
    expect(await codeOf(gone.search.page({}))).toBe('SEARCH_CANCELLED');
  });
});

describe('devices and sites', () => {
  it('are found by any part in Turkish folding, decided once, and undone', async () => {
    const { devices, counts } = await caller.devices.list({ q: 'ızmır' });
    expect(devices).toMatchObject([{ address: '10.0.0.1', status: 'pending', records: 3 }]);
    expect(counts).toEqual({ pending: 1, approved: 0, rejected: 0 });
    expect((await caller.devices.list({ q: 'ankara' })).devices).toEqual([]);
    const { id = '', revision } = devices[0] ?? {};
    const site = await caller.sites.create({ name: 'İzmir Şubesi' });
    expect(site).toEqual({ id: 'izmir-subesi', name: 'İzmir Şubesi', timeZone: 'Europe/Istanbul', devices: 0 });
    const approved = await caller.devices.approve({ id, revision, name: 'fw', siteId: site.id });
    expect(approved).toMatchObject({ status: 'approved', siteName: 'İzmir Şubesi' });
    expect(await codeOf(caller.devices.rename({ id, revision, name: 'stale' }))).toBe('CONFLICT');
    expect(await caller.devices.restore({ id, revision: approved.revision })).toMatchObject({
      status: 'pending',
      siteId: null,
    });
    expect(await codeOf(caller.devices.approve({ id, name: 'fw', siteId: 'nowhere' }))).toBe('NOT_FOUND');
  });

  it('a device has a zone of its own, and a clock that is told to be wrong', async () => {
    const { devices } = await caller.devices.list({});
    const id = devices[0]?.id ?? '';
    expect(await codeOf(caller.devices.setTimeZone({ id, timeZone: 'Mars/Olympus' }))).toBe('INVALID_INPUT');
    expect(await caller.devices.setTimeZone({ id, timeZone: 'Asia/Tokyo' })).toMatchObject({ timeZone: 'Asia/Tokyo' });
    const answer = await (await getDevices(request('/api/v1/devices'))).json();
    expect(answer.devices).toMatchObject([{ time_zone: 'Asia/Tokyo', clock_skew_ms: 90_000, clock: 'ahead' }]);
    expect(await caller.devices.setTimeZone({ id, timeZone: null })).toMatchObject({ timeZone: null });
  });

  it('assets are named by address, block or MAC, and listed for programs', async () => {
    const make = (thing: string, siteId: string | null = null) => caller.assets.create({ name: 'x', thing, siteId });
    expect(await make('10.1.2.9/24')).toMatchObject({ network: '10.1.2.0/24', mac: null });
    const printer = await make('00:00:5e:00:53:23', 'unassigned');
    expect(printer).toMatchObject({ network: null, mac: '00-00-5E-00-53-23' });
    expect(await codeOf(make('10.1.2.0/24'))).toBe('CONFLICT');
    expect(await codeOf(make('10.1.2.0/24', 'nowhere'))).toBe('NOT_FOUND');
    expect(await codeOf(make('printer'))).toBe('INVALID_INPUT');
    const { assets } = await (await getAssets(request('/api/v1/assets'))).json();
    expect(assets).toHaveLength(2);
    expect(assets).toContainEqual({ id: printer.id, name: 'x', network: null, mac: printer.mac, site: 'unassigned' });
    await caller.assets.remove({ id: printer.id });
    expect(await codeOf(caller.assets.remove({ id: printer.id }))).toBe('NOT_FOUND');
    expect(await caller.assets.list()).toHaveLength(1);
  });

  it('get ids that the archive can use', async () => {
    expect(await codeOf(caller.sites.create({ name: 'certificates' }))).toBe('CONFLICT');
    expect(await codeOf(caller.sites.create({ name: '東京' }))).toBe('INVALID_INPUT');
    expect(await codeOf(caller.sites.create({ name: 'x', id: '../x' }))).toBe('INVALID_INPUT');
    expect(await codeOf(caller.sites.create({ name: 'x', timeZone: 'Mars/Olympus' }))).toBe('INVALID_INPUT');
  });
});

async function problemOf(response: Response) {
  expect(response.headers.get('content-type')).toBe('application/problem+json');
  const problem = await response.json();
  expect(problem.status).toBe(response.status);
  expect(problem.request_id).toBe(response.headers.get('x-request-id'));
  expect(JSON.stringify(problem)).not.toMatch(/\bat .*:\d+|node_modules|postgres/);
  return problem;
}

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
    const trial = await caller.parsers.try({ definition, records });
    expect(trial).toMatchObject({ totals: { records: 2, matched: 1, unmatched: 1 }, stopped: false });
    expect(trial.results[0]).toMatchObject({
      captures: [{ value: '12' }, { value: 'open' }, { value: 'ayse' }],
      event: { user: { name: 'ayse' }, labels: { door: '12' } },
    });
    const [device] = (await caller.devices.list({})).devices;
    expect((await caller.parsers.try({ definition, device: device?.id })).totals).toMatchObject({ records: 0 });
    expect(await codeOf(caller.parsers.try({ definition, device: crypto.randomUUID() }))).toBe('NOT_FOUND');
    expect(await codeOf(caller.parsers.try({ definition }))).toBe('INVALID_INPUT');

    expect(await caller.parsers.list()).toEqual({ parsers: [] });
    expect(await caller.parsers.save({ definition })).toMatchObject({
      name: 'acme',
      version: 1,
      active: true,
      author: 'admin',
    });
    const second = { ...definition, constants: { 'observer.vendor': 'Acme' } };
    expect(await caller.parsers.save({ definition: second, activate: false })).toMatchObject({
      version: 2,
      active: false,
    });
    expect(await caller.parsers.show({ name: 'acme' })).toMatchObject({ version: 1, definition });
    expect(await caller.parsers.activate({ name: 'acme', version: 2 })).toMatchObject({
      active_version: 2,
      newest_version: 2,
    });
    expect(await caller.parsers.show({ name: 'acme' })).toMatchObject({ version: 2, definition: second });
    expect((await caller.parsers.versions({ name: 'acme' })).versions.map(({ version }) => version)).toEqual([2, 1]);
    expect(await caller.parsers.deactivate({ name: 'acme' })).toMatchObject({
      active_version: null,
      description: 'Doors',
    });
    expect(await codeOf(caller.parsers.activate({ name: 'acme', version: 3 }))).toBe('NOT_FOUND');
    expect(await codeOf(caller.parsers.show({ name: 'other' }))).toBe('NOT_FOUND');
  });

  it('that can’t be used are refused with all their faults, and nothing is saved', async () => {
    const broken = { ...definition, name: 'broken', patterns: ['('], fields: { a: 'logmaster.site.id' } };
    expect(await codeOf(caller.parsers.save({ definition: broken }))).toBe('PARSER_INVALID');
    const error = await caller.parsers.save({ definition: { ...definition, patterns: ['(', ')'] } }).catch(shownError);
    expect(error).toMatchObject({ data: { faults: [{ path: 'patterns.0' }, { path: 'patterns.1' }] } });
    expect((await caller.parsers.list()).parsers.map(({ name }) => name)).toEqual(['acme']);
  });

  it('REST: a token that reads shows and tries, a session changes', async () => {
    const { sessionId } = await caller.account.me();
    const sub = (await harness.deps.sessions.find(sessionId))?.id ?? '';
    const cookie = await encode({ token: { sub, sessionId }, secret: harness.deps.cookieSecret });
    const call = (path: string, by: 'token' | 'session', method = 'GET', body?: unknown) =>
      new NextRequest(`http://127.0.0.1${path}`, {
        method,
        headers:
          by === 'token' ? { authorization: `Bearer ${token}` } : { cookie: `next-auth.session-token=${cookie}` },
        ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      });
    const save = (by: 'token' | 'session', body: unknown) => postParser(call('/api/v1/parsers', by, 'POST', body));

    expect(await problemOf(await save('token', { definition }))).toMatchObject({ code: 'FORBIDDEN' });
    expect(
      await problemOf(await postDeactivation(call('/api/v1/parsers/acme/deactivate', 'token', 'POST'), { params })),
    ).toMatchObject({ code: 'FORBIDDEN' });
    const saved = await save('session', { definition });
    expect([saved.status, await saved.json()]).toMatchObject([201, { version: 3, active: true }]);
    const activation = await postActivation(call('/api/v1/parsers/acme/activate', 'session', 'POST', { version: 1 }), {
      params,
    });
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
    expect(await problemOf(await save('session', 'x'.repeat(5_000_000)))).toMatchObject({ code: 'REQUEST_TOO_LARGE' });
    expect(await problemOf(await save('session', { definition: { name: 'x' } }))).toMatchObject({
      code: 'PARSER_INVALID',
      data: { faults: [{ path: 'kind' }] },
    });
    expect(await problemOf(await getParsers(new NextRequest('http://127.0.0.1/api/v1/parsers')))).toMatchObject({
      code: 'UNAUTHENTICATED',
    });
  });
});

describe('REST', () => {
  it('search answers nested ECS with an exact total and a cursor', async () => {
    const query = new URLSearchParams({ q: 'event.type:denied', ...RANGE, size: '2' });
    const first = await (await getSearch(request(`/api/v1/search?${query}`))).json();
    expect(first).toMatchObject({ total: { value: 5, exact: true }, took_ms: expect.any(Number) });
    expect(first.records[0]).toMatchObject({
      '@timestamp': '2026-11-22T09:00:09.000000Z',
      source: { ip: '10.0.0.7' },
      logmaster: { record: { id: 'node1.0.1.9' } },
      labels: { policy: 'lan' },
    });
    query.set('after', first.after);
    const second = await (await getSearch(request(`/api/v1/search?${query}`))).json();
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
    const problem = await problemOf(await getSearch(request(path)));
    expect(problem).toMatchObject({ code, status: 400 });
    if (code === 'QUERY_SYNTAX') expect(problem.data).toEqual({ from: expect.any(Number), to: expect.any(Number) });
  });

  it('needs a token that holds, save for health', async () => {
    for (const bearer of [null, 'nonsense', `${token}x`]) {
      const response = await getSearch(request('/api/v1/search', bearer));
      expect(response.headers.get('www-authenticate')).toMatch(/^Bearer/);
      expect((await problemOf(response)).code).toBe('UNAUTHENTICATED');
    }
    expect((await getDevices(request('/api/v1/devices', null))).status).toBe(401);
    const health = await (await getHealth(request('/api/v1/health', null))).json();
    expect(health.parts).toContainEqual({ name: 'database', state: 'ok' });
    expect(health.parts).toContainEqual({
      name: 'ingest',
      state: 'down',
      code: 'INGEST_UNAVAILABLE',
      reason: ERRORS.INGEST_UNAVAILABLE.title,
    });
    const [pipeline, nowhere] = [await getPipeline(request('/api/v1/pipeline')), await unknownPath(request('/api/x'))];
    expect((await problemOf(pipeline)).code).toBe('INGEST_UNAVAILABLE');
    expect((await problemOf(nowhere)).code).toBe('NOT_FOUND');
  });

  it('shows how devices are parsed, and a drift until it is accepted', async () => {
    const all = restCoverageListSchema.parse(await (await getCoverages(request('/api/v1/coverage'))).json());
    expect(all.devices).toMatchObject([
      { address: '10.0.0.1', records: 23_000, usual_score: 0.99, drift: { kinds: ['score'], score: 0.4 } },
    ]);
    const [{ id } = { id: '' }] = all.devices;
    const one = async (path: string, given = id) => {
      const params = Promise.resolve({ id: given });
      return getCoverage(request(`/api/v1/devices/${given}/coverage${path}`), { params });
    };
    const known = restCoverageSchema.parse(await (await one('?hours=2')).json());
    expect(known).toMatchObject({ ok: 400, raw: 600, score: 0.4, baseline: { score: 0.99 } });
    expect(known.hours).toHaveLength(1);
    expect(known.patterns).toEqual([{ pattern: 'fan * failed', count: 600, sample: 'node1.0.1.1' }]);
    expect(known.fields.map(({ name }) => name)).toEqual(['source.ip']);
    expect((await problemOf(await one('?hours=0'))).code).toBe('INVALID_INPUT');
    expect((await problemOf(await one('', 'nobody'))).code).toBe('NOT_FOUND');
    expect((await problemOf(await one('', crypto.randomUUID()))).code).toBe('NOT_FOUND');
    expect(await caller.devices.coverage({ id })).toMatchObject({ drift: { usualScore: 0.99 } });
    await caller.devices.acceptCoverage({ id });
    expect(await caller.devices.coverages()).toMatchObject([{ id, drift: null, baseline: null }]);
  });

  it('describes itself: every reference of the OpenAPI document leads somewhere', async () => {
    const document = await (await getOpenApi(request('/api/v1/openapi.json', null))).json();
    expect(document.openapi).toBe('3.1.0');
    expect(Object.keys(document.paths).sort()).toEqual(
      [
        'assets',
        'assets/{id}',
        'coverage',
        'devices',
        'devices/{id}/coverage',
        'health',
        'identity-events',
        'live',
        'parsers',
        'parsers/try',
        'parsers/{name}',
        'parsers/{name}/activate',
        'parsers/{name}/deactivate',
        'parsers/{name}/versions',
        'pipeline',
        'ready',
        'search',
      ].map((name) => `/api/v1/${name}`),
    );
    expect(document.components.schemas.ParserDefinition.oneOf[0].required).toEqual([
      'kind',
      'name',
      'applies_to',
      'patterns',
    ]);
    expect(document.components.schemas.SaveParser.required).toEqual(['definition']);
    const ids = Object.values(document.paths as Record<string, Record<string, { operationId: string }>>).flatMap(
      (path) => Object.values(path).map(({ operationId }) => operationId),
    );
    expect(new Set(ids).size).toBe(ids.length);
    expect(document.paths['/api/v1/identity-events'].post.requestBody.content['application/json']).toEqual({
      schema: { $ref: '#/components/schemas/IdentityEvents' },
    });
    const references = [...JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g)].map(
      ([, reference]) => reference ?? '',
    );
    expect(references.length).toBeGreaterThan(5);
    for (const reference of references) {
      const place = reference
        .replace('#/', '')
        .split('/')
        .reduce((node, key) => node?.[key], document);
      expect([reference, typeof place]).toEqual([reference, 'object']);
    }
    const names = document.paths['/api/v1/search'].get.parameters.map(({ name }: { name: string }) => name);
    expect(names).toEqual(['q', 'from', 'to', 'size', 'after']);
  });

  it('says that the database is away, and nothing about it', async () => {
    await server.stop();
    const problem = await problemOf(await getDevices(request('/api/v1/devices')));
    expect(problem).toMatchObject({ code: 'DATABASE_UNAVAILABLE', status: 503 });
    const health = await (await getHealth(request('/api/v1/health', null))).json();
    expect(health.state).toBe('down');
    const [ready, live] = [
      await getReady(request('/api/v1/ready', null)),
      await getLive(request('/api/v1/live', null)),
    ];
    expect([ready.status, await ready.json()]).toEqual([503, { ready: false }]);
    expect([live.status, await live.json()]).toEqual([200, { live: true }]);
    await server.start();
    expect((await getReady(request('/api/v1/ready', null))).status).toBe(200);
    expect((await getDevices(request('/api/v1/devices'))).status).toBe(200);
  });
});
