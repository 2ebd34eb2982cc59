import path from 'node:path';
import { TOKEN_SCOPES, type TokenScope } from '@logmaster/core/api/token-scopes';
import { createFirstAdmin } from '@logmaster/db/bootstrap';
import { createSite } from '@logmaster/db/sites';
import { withTokensOf } from '@logmaster/db/tokens';
import { startPostgres, type TestPostgres } from '@logmaster/testkit/postgres';
import { NextRequest } from 'next/server';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { setDependencies } from '../running.ts';
import { type Harness, makeHarness } from '../testing/harness.ts';
import { ENDPOINTS } from './endpoints.ts';

type Handler = (request: NextRequest, context: { params: Promise<Record<string, string>> }) => Promise<Response>;

let server: TestPostgres;
let harness: Harness;
let url: string;
beforeAll(async () => {
  server = await startPostgres();
  url = await server.createDatabase();
  harness = await makeHarness(url);
  setDependencies(harness.deps);
  await createFirstAdmin(harness.deps.database.primary, { username: 'admin', password: 'one-time password' });
});
afterAll(async () => {
  await harness.close();
  await server.remove();
});

const tokenWith = (scopes: readonly TokenScope[], siteId: string | null = null) =>
  withTokensOf(url, 'admin', ({ create }) => create({ name: scopes.join(), scopes, siteId }));

/** Calls the route of an endpoint of the document as Next would. */
async function call(endpoint: string, token: string, { body, id = 'x' }: { body?: unknown; id?: string } = {}) {
  const [method = '', place = ''] = endpoint.split(' ');
  const folder = place.replace(/\{(\w+)}/g, '[$1]');
  const file = path.join(import.meta.dirname, '../../app', folder, 'route.ts');
  const route = ((await import(file)) as Record<string, Handler>)[method];
  const request = new NextRequest(`http://127.0.0.1${place.replace(/\{\w+}/, id)}`, {
    method,
    headers: { authorization: `Bearer ${token}` },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (route === undefined) throw new Error(`${file} has no ${method}`);
  return route(request, { params: Promise.resolve({ id, name: id }) });
}

const guarded = Object.entries(ENDPOINTS).flatMap(([name, { scope }]) =>
  scope === null ? [] : [[name, scope] as const],
);

test('each endpoint is refused to a token that has every scope but its own, and only for that', async () => {
  expect(new Set(guarded.map(([, scope]) => scope))).toEqual(new Set(TOKEN_SCOPES));
  const one = new Map<TokenScope, string>();
  const others = new Map<TokenScope, string>();
  for (const scope of TOKEN_SCOPES) {
    one.set(scope, await tokenWith([scope]));
    others.set(scope, await tokenWith(TOKEN_SCOPES.filter((other) => other !== scope)));
  }
  for (const [name, scope] of guarded) {
    const refused = await call(name, others.get(scope) ?? '');
    expect([name, refused.status]).toEqual([name, 403]);
    expect(refused.headers.get('www-authenticate')).toBe(
      `Bearer realm="LogMaster", error="insufficient_scope", scope="${scope}"`,
    );
    expect(await refused.json()).toMatchObject({ code: 'FORBIDDEN', data: { scope } });
    expect([name, [401, 403].includes((await call(name, one.get(scope) ?? '')).status)]).toEqual([name, false]);
  }
});

test('a token with the scope names things, and takes the name back', async () => {
  const token = await tokenWith(['assets:write']);
  const made = await call('POST /api/v1/assets', token, { body: { name: 'guests', thing: '10.1.2.9/24' } });
  const asset = (await made.json()) as { id: string };
  expect([made.status, asset]).toMatchObject([201, { name: 'guests', network: '10.1.2.0/24', mac: null, site: null }]);
  const status = async (body: unknown) => (await call('POST /api/v1/assets', token, { body })).status;
  expect(await status({ name: 'again', thing: '10.1.2.0/24' })).toBe(409);
  expect(await status({ name: 'x', thing: '10.1.3.0/24', site: 'nowhere' })).toBe(404);
  expect(await status({ name: 'x', thing: 'printer' })).toBe(400);
  const remove = async (id: string) => (await call('DELETE /api/v1/assets/{id}', token, { id })).status;
  expect([await remove(asset.id), await remove(asset.id), await remove('x')]).toEqual([204, 404, 400]);
});

test('a token with the scope saves a parser and takes it into use', async () => {
  const token = await tokenWith(['parsers:write']);
  const definition = {
    name: 'doors',
    kind: 'grok',
    applies_to: { rule: { appname: 'doors' } },
    patterns: ['^door %{INT:door}$'],
  };
  const saved = await call('POST /api/v1/parsers', token, { body: { definition, activate: false } });
  expect([saved.status, await saved.json()]).toMatchObject([201, { version: 1, author: 'admin' }]);
  const used = await call('POST /api/v1/parsers/{name}/activate', token, { id: 'doors', body: { version: 1 } });
  expect(await used.json()).toMatchObject({ active_version: 1 });
});

test('a token that is bound to a site changes nothing elsewhere', async () => {
  const [own, other] = ['ankara', 'izmir'] as const;
  for (const id of [own, other])
    await createSite(harness.deps.database.primary, { id, name: id, timeZone: 'Europe/Istanbul' });
  await expect(tokenWith(['read'], 'nowhere')).rejects.toMatchObject({ code: 'NOT_FOUND' });
  await expect(tokenWith(['parsers:write'], own)).rejects.toMatchObject({ code: 'INVALID_INPUT' });
  const [bound, wide] = [await tokenWith(['read', 'assets:write'], own), await tokenWith(['assets:write'])];
  const make = (token: string, site?: string) =>
    call('POST /api/v1/assets', token, { body: { name: 'x', thing: '10.5.0.0/24', site } });
  const refused = [await make(bound, other), await make(bound)];
  expect(refused.map(({ status }) => status)).toEqual([403, 403]);
  expect((await make(bound, own)).status).toBe(201);
  const { id } = (await (await make(wide, other)).json()) as { id: string };
  expect((await call('DELETE /api/v1/assets/{id}', bound, { id })).status).toBe(404);
  const { assets } = (await (await call('GET /api/v1/assets', bound)).json()) as { assets: { site: string | null }[] };
  expect(assets.map(({ site }) => site)).toEqual([own]);
});
