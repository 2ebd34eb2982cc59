import { searchResponseSchema } from '@logmaster/core/api/search';
import { createFirstAdmin } from '@logmaster/db/bootstrap';
import { createSite } from '@logmaster/db/sites';
import { withTokensOf } from '@logmaster/db/tokens';
import { freePorts } from '@logmaster/testkit/free-ports';
import { type IngestProcess, prepareData, startIngest } from '@logmaster/testkit/ingest';
import { startPostgres, type TestPostgres } from '@logmaster/testkit/postgres';
import { sendLines } from '@logmaster/testkit/syslog-sender';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { relpDelivery } from '../../../../server/identity/relp-delivery.ts';
import { setDependencies } from '../../../../server/running.ts';
import { type Harness, makeHarness } from '../../../../server/testing/harness.ts';
import { GET as getSearch } from '../search/route.ts';
import { POST } from './route.ts';

let server: TestPostgres;
let harness: Harness;
let ingest: IngestProcess | undefined;
let token: string;
let url: string;
let syslogPort = 0;
let metricsPort = 0;
let identityPort = 0;

const received = async () => (await ingest?.pipeline())?.received?.internal;

beforeAll(async () => {
  server = await startPostgres();
  url = await server.createDatabase();
  harness = await makeHarness(url);
  await createFirstAdmin(harness.deps.database.primary, { username: 'admin', password: 'one-time password' });
  token = await withTokensOf(url, 'admin', ({ create }) =>
    create({ name: 'front desk', scopes: ['read', 'identity:write'], siteId: null }),
  );
  [syslogPort = 0, metricsPort = 0, identityPort = 0] = await freePorts(3);
  const data = harness.deps.layout.root;
  await prepareData(data);
  const environment = { LOGMASTER_WORKERS: '1', LOGMASTER_IDENTITY_PORT: `${identityPort}` };
  ingest = await startIngest({ data, syslogPort, metricsPort, environment });
  setDependencies({ ...harness.deps, identities: relpDelivery(`127.0.0.1:${identityPort}`) });
});
afterAll(async () => {
  await ingest?.stop();
  await harness.close();
  await server.remove();
});

const AT = new Date(Date.now() - 60_000);
const login = (address: string, more: object = {}) => ({
  ...{ kind: 'login', at: AT.toISOString(), address, user: 'ayse', phone: '+905550000000', method: 'sms' },
  ...more,
});

const bearer = (text: string) => ({ authorization: `Bearer ${text}` });

function post(body: unknown, headers: Record<string, string> = {}): Promise<Response> {
  const all = { ...bearer(token), 'x-forwarded-for': '10.9.9.9', ...headers };
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return POST(new Request('http://127.0.0.1/api/v1/identity-events', { method: 'POST', headers: all, body: text }));
}

async function search(q: string, by = token) {
  const path = `http://127.0.0.1/api/v1/search?q=${encodeURIComponent(q)}`;
  const answer = await getSearch(new Request(path, { headers: bearer(by) }));
  return searchResponseSchema.parse(await answer.json()).records;
}
const idOf = (record: unknown) => (record as { logmaster: { record: { id: string } } }).logmaster.record.id;
const eventually = <T>(read: () => T) => expect.poll(read, { timeout: 60_000, interval: 100 });

test('events are records of their sender, and name the traffic of the address from then on', async () => {
  const events = [login('10.0.0.5'), login('10.0.0.6', { kind: 'lease', mac: '00:00:5e:00:53:23', host: 'pc' })];
  const answer = await post({ events }, { 'idempotency-key': 'k-1' });
  expect(await answer.json()).toEqual({ accepted: 2, repeated: false });
  await eventually(received).toBe(2);

  // The same again is recorded once; other events under its key are refused.
  expect(await (await post({ events }, { 'idempotency-key': 'k-1' })).json()).toEqual({ accepted: 2, repeated: true });
  expect((await post({ events: events.slice(1) }, { 'idempotency-key': 'k-1' })).status).toBe(409);
  await eventually(() => search('logmaster.parser:identity')).toHaveLength(2);
  const [record] = await search('event.action:login');
  expect(record).toMatchObject({
    ...{ log: { source: { address: '10.9.9.9' } }, user: { name: 'ayse' }, source: { ip: '10.0.0.5' } },
    labels: { phone: '+905550000000', method: 'sms' },
    logmaster: { transport: 'internal', site: { id: 'unassigned' } },
  });

  const now = `eventtime=${Date.now()}000000 tz="+0000"`;
  const traffic = `<189>date=2026-11-26 time=00:00:00 devname="fw" devid="FG1" logid="0000000013" type="traffic" subtype="forward" level="notice" vd="root" ${now} srcip=10.0.0.5 dstip=198.51.100.7 dstport=443 proto=6 action="close"`;
  await sendLines(syslogPort, [traffic]);
  await eventually(() => search('logmaster.derived.user.name:ayse')).toHaveLength(1);
  const [named] = await search('logmaster.derived.user.name:ayse');
  expect(named).toMatchObject({
    ...{ network: { direction: 'outbound' }, source: { ip: '10.0.0.5' } },
    logmaster: {
      service: { name: 'https' },
      derived: { source: idOf(record) },
    },
  });
  expect(named?.user).toBeUndefined();
});

test('events are of the site that their token is bound to, or that they name', async () => {
  const { primary } = harness.deps.database;
  for (const id of ['ankara', 'izmir']) await createSite(primary, { id, name: id, timeZone: 'Europe/Istanbul' });
  const bound = await withTokensOf(url, 'admin', ({ create }) =>
    create({ name: 'desk of Ankara', scopes: ['read', 'identity:write'], siteId: 'ankara' }),
  );
  const at = (site?: string, user = 'guest') => ({ events: [login('10.0.0.9', { user, site })] });
  const statuses = await Promise.all([
    post(at(undefined, 'a'), bearer(bound)),
    post(at('ankara', 'b'), bearer(bound)),
    post(at('izmir', 'c'), bearer(bound)),
    post(at('izmir', 'd')),
    post(at('nowhere', 'e')),
  ]);
  expect(statuses.map(({ status }) => status)).toEqual([200, 200, 403, 200, 400]);
  await eventually(() => search('source.ip:10.0.0.9')).toHaveLength(3);
  const records = await search('source.ip:10.0.0.9');
  const sites = records.map((record) => record as { user: { name: string }; logmaster: { site: { id: string } } });
  expect(new Map(sites.map(({ user, logmaster }) => [user.name, logmaster.site.id]))).toEqual(
    new Map([
      ['a', 'ankara'],
      ['b', 'ankara'],
      ['d', 'izmir'],
    ]),
  );
  // What reads for Ankara sees nothing else.
  expect(await search('source.ip:10.0.0.9', bound)).toHaveLength(2);
});

test.each<[string, unknown, number, Record<string, string>?]>([
  ['no token', { events: [login('10.0.0.5')] }, 401, { authorization: '' }],
  ['no JSON', '{', 400],
  ['no event', { events: [] }, 400],
  ['no address', { events: [login('front desk')] }, 400],
  ['no user', { events: [login('10.0.0.5', { user: undefined })] }, 400],
  ['a field that nobody knows', { events: [login('10.0.0.5', { pasport: '1' })] }, 400],
  ['more than 500', { events: new Array(501).fill(login('10.0.0.5')) }, 400],
  ['a key with blanks', { events: [login('10.0.0.5')] }, 400, { 'idempotency-key': 'a b' }],
  ['a body beyond the bound', `"${'x'.repeat(2_000_001)}"`, 413],
])('%s is refused', async (_name, body, status, headers) => {
  expect((await post(body, headers)).status).toBe(status);
});

test('while ingest is away the sender is told so, and may repeat the request under its key', async () => {
  const events = [login('10.0.0.7')];
  const { deps } = harness;
  try {
    setDependencies({ ...deps, identities: relpDelivery('127.0.0.1:9') });
    const away = await post({ events }, { 'idempotency-key': 'k-2' });
    expect(away.status).toBe(503);
    expect(await away.json()).toMatchObject({ code: 'INGEST_UNAVAILABLE' });
    setDependencies({ ...deps, identities: undefined });
    expect((await post({ events })).status).toBe(503);
  } finally {
    setDependencies({ ...deps, identities: relpDelivery(`127.0.0.1:${identityPort}`) });
  }
  expect(await (await post({ events }, { 'idempotency-key': 'k-2' })).json()).toEqual({ accepted: 1, repeated: false });
});
