import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { connect as connectTcp } from 'node:net';
import path from 'node:path';
import { type ConnectionOptions, connect as connectTls } from 'node:tls';
import { ERRORS, type ErrorCode } from '@logmaster/core/errors';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freePorts } from '../free-ports.ts';
import { createHttpsClient } from '../https-client.ts';
import { type Keeper, openKeeper } from '../keeper/keeper.ts';
import { askTcp } from './ask-tcp.ts';
import { type CertificateAuthority, type IssuedCertificate, makeCertificateAuthority } from './certificates.ts';
import { createNginx, type NginxService } from './nginx.ts';
import { ServiceError } from './service-error.ts';
import { openWebBackend, type WebBackend } from './web-backend.ts';

const PATIENT = { timeout: 30_000, interval: 20 };
/** Where nobody listens: these tests are not about syslog. */
const NO_SYSLOG = [{ host: '127.0.0.1', port: 9 }];
/** As the web nodes send them with pages. */
const OWN = { 'strict-transport-security': 'max-age=1', 'x-frame-options': 'SAMEORIGIN', 'x-request-id': 'mine' };

let keeper: Keeper;
let authority: CertificateAuthority;
let certificate: IssuedCertificate;
let first: WebBackend;
let second: WebBackend;
let nginx: NginxService;

beforeAll(async () => {
  keeper = await openKeeper('test-nginx');
  authority = await makeCertificateAuthority(keeper);
  certificate = await authority.issue('web');
  const answer = (name: string) =>
    openWebBackend((request, response) => {
      const file = request.url?.startsWith('/_next/static/');
      if (file) response.setHeader('cache-control', 'public, max-age=31536000, immutable');
      if (request.url === '/_next/static/only-first.js' && name === 'second') response.statusCode = 404;
      response.writeHead(response.statusCode, file ? {} : OWN).end(name);
    });
  [first, second] = await Promise.all([answer('first'), answer('second')]);
  nginx = await start({ SIGN_IN_RATE: '6000r/m', API_RATE: '1000r/s', PAGE_RATE: '1000r/s' });
});
afterAll(async () => {
  await keeper.close();
  await Promise.all([first.close(), second.close()]);
});

async function create(values: Record<string, string>, webNodes = [first.address, second.address]) {
  return createNginx(keeper, { certificate, webNodes, syslogNodes: NO_SYSLOG, values });
}
async function start(values: Record<string, string>, webNodes?: { host: string; port: number }[]) {
  const made = await create(values, webNodes);
  await made.start();
  return made;
}
const client = (of: NginxService = nginx) => createHttpsClient(of.url, authority.pem);

test('requests are spread over the nodes, which are told who asked and nothing the client made up', async () => {
  const { ask, close } = client();
  const before = first.seen.length + second.seen.length;
  const answers = await Promise.all(
    Array.from({ length: 20 }, () =>
      ask('/devices', {
        headers: {
          'x-forwarded-for': '203.0.113.7',
          'x-forwarded-proto': 'http',
          'x-forwarded-host': 'evil.example',
          'x-request-id': 'made-up',
          'x-real-ip': '203.0.113.7',
          forwarded: 'for=203.0.113.7',
          'x-middleware-subrequest': 'middleware:middleware',
        },
      }),
    ),
  );
  expect(new Set(answers.map(({ text }) => text))).toEqual(new Set(['first', 'second']));
  const host = new URL(nginx.url).host;
  const seen = [...first.seen, ...second.seen].slice(before);
  for (const { headers } of seen) {
    expect(headers).toMatchObject({
      host,
      'x-forwarded-for': '127.0.0.1',
      'x-forwarded-proto': 'https',
      'x-forwarded-host': host,
      'x-request-id': expect.stringMatching(/^[0-9a-f]{32}$/),
    });
    expect(Object.keys(headers)).not.toEqual(
      expect.arrayContaining([expect.stringMatching(/^(x-real-ip|forwarded|x-middleware-subrequest)$/)]),
    );
  }
  expect(new Set(seen.map(({ headers }) => headers['x-request-id'])).size).toBe(20);
  close();
});

test('security headers: those of a node are kept, those it left out are added, none comes twice', async () => {
  const { ask, close } = client();
  const page = await ask('/');
  const file = await ask('/_next/static/a.js');
  // Node joins headers that come twice with a comma.
  expect(page.headers).toMatchObject({ ...OWN, 'x-content-type-options': 'nosniff', 'referrer-policy': 'same-origin' });
  expect(file.headers).toMatchObject({
    'strict-transport-security': 'max-age=31536000',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'content-security-policy': expect.stringContaining("frame-ancestors 'none'"),
    'x-request-id': expect.stringMatching(/^[0-9a-f]{32}$/),
  });
  expect(page.headers.server).toBe('nginx');
  close();
});

test('another name is refused, plain http is sent on, and a name in the request line outweighs the header', async () => {
  const { ask, close } = client();
  expect((await ask('/', { headers: { host: 'evil.example' } })).status).toBe(421);
  const port = nginx.address.port;
  const moved = await askTcp(nginx.http, 'GET /a?b=c HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n');
  expect(moved).toMatch(/^HTTP\/1\.1 308 /);
  expect(moved).toContain(`\r\nLocation: https://localhost:${port}/a?b=c\r\n`);
  await ask(`https://localhost:${port}/absolute`, { headers: { host: 'evil.example' } });
  const seen = [...first.seen, ...second.seen].find((request) => request.path === '/absolute');
  expect([seen?.headers.host, seen?.headers['x-forwarded-host']]).toEqual(['localhost', 'localhost']);
  close();
});

/** Version and protocol that were agreed upon, or why none was. */
async function handshake(options: ConnectionOptions): Promise<string> {
  const { host, port } = nginx.address;
  const socket = connectTls({ host, port, ca: authority.pem, ALPNProtocols: ['h2', 'http/1.1'], ...options });
  try {
    return await once(socket, 'secureConnect').then(
      () => `${socket.getProtocol()} ${socket.alpnProtocol}`,
      (error: NodeJS.ErrnoException) => String(error.code),
    );
  } finally {
    socket.destroy();
  }
}

test('TLS 1.3 and 1.2 with HTTP/2, and nothing older or weaker', async () => {
  expect(await handshake({})).toBe('TLSv1.3 h2');
  expect(await handshake({ maxVersion: 'TLSv1.2' })).toBe('TLSv1.2 h2');
  // The security level lets this client offer at all what the server must refuse.
  const weak = { minVersion: 'TLSv1', ciphers: 'ALL:@SECLEVEL=0' } as const;
  expect(await handshake({ ...weak, maxVersion: 'TLSv1.1' })).toBe('ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION');
  expect(await handshake({ maxVersion: 'TLSv1.2', ciphers: 'ECDHE-ECDSA-AES128-SHA' })).toMatch(/HANDSHAKE_FAILURE/);
});

test('each kind of request has its own limit, sign-ins the strictest, and readiness none', async () => {
  const strict = await start({ SIGN_IN_RATE: '1r/m', API_RATE: '1r/s', PAGE_RATE: '1r/s' });
  const { ask, close } = client(strict);
  const statuses = async (path: string, count: number, method = 'GET') => {
    const answers = await Promise.all(Array.from({ length: count }, () => ask(path, { method })));
    return {
      passed: answers.filter(({ status }) => status === 200).length,
      last: answers.findLast((a) => a.status !== 200),
    };
  };
  const signIns = await statuses('/api/auth/callback/credentials', 40, 'POST');
  expect(signIns.passed).toBe(11);
  expect(signIns.last?.status).toBe(429);
  // What the sign-in form understands: it reads the reason from the address it is given.
  const { url, code } = JSON.parse(signIns.last?.text ?? '');
  expect([new URL(url).searchParams.get('error'), code]).toEqual(['TOO_MANY_ATTEMPTS', 'TOO_MANY_ATTEMPTS']);

  const pages = await statuses('/devices', 120);
  expect(pages.passed).toBeGreaterThanOrEqual(61);
  expect(pages.last?.headers['content-type']).toBe('text/html; charset=utf-8');
  expect(pages.last?.text).toContain('Too many requests');

  const calls = await statuses('/api/v1/devices', 300);
  expect(calls.passed).toBeGreaterThanOrEqual(201);
  expect(calls.last).toMatchObject({
    status: 429,
    headers: { 'content-type': 'application/problem+json', 'retry-after': '5', 'cache-control': 'no-store' },
  });
  expect(JSON.parse(calls.last?.text ?? '')).toEqual({
    type: 'urn:logmaster:error:rate_limited',
    title: 'Too many requests; slow down',
    code: 'RATE_LIMITED',
    status: 429,
    request_id: calls.last?.headers['x-request-id'],
  });
  expect((await statuses('/api/v1/ready', 300)).passed).toBe(300);
  close();
  await strict.stop();
});

test('one address may hold only so many requests open', async () => {
  const release = Promise.withResolvers<void>();
  const slow = await openWebBackend(async (_request, response) => {
    await release.promise;
    response.end('late');
  });
  const tight = await start({ CONNECTIONS_PER_ADDRESS: '2' }, [slow.address]);
  const { ask, close } = client(tight);
  const held = [ask('/api/a'), ask('/api/b')];
  await expect.poll(() => slow.seen.length, PATIENT).toBe(2);
  expect((await ask('/api/c')).status).toBe(429);
  release.resolve();
  expect((await Promise.all(held)).map(({ text }) => text)).toEqual(['late', 'late']);
  close();
  await tight.stop();
  await slow.close();
});

test('the longest query passes, a larger body than any of ours does not', async () => {
  const { ask, close } = client();
  const query = encodeURIComponent('abc '.repeat(2048));
  expect((await ask(`/api/v1/search?q=${query}`)).status).toBe(200);
  const large = await ask('/api/trpc/devices.rename', { method: 'POST', body: 'a'.repeat(1_100_000) });
  expect([large.status, JSON.parse(large.text).code]).toEqual([413, 'REQUEST_TOO_LARGE']);
  const form = await ask('/api/auth/callback/credentials', { method: 'POST', body: 'a'.repeat(20_000) });
  expect(form.status).toBe(413);
  close();
});

test('static files are asked for once, and where a release has them', async () => {
  const { ask, close } = client();
  for (let n = 0; n < 5; n++) {
    expect((await ask(`/_next/static/chunk.js?n=${n}`)).status).toBe(200);
    expect((await ask('/_next/static/only-first.js')).text).toBe('first');
  }
  const asked = (path: string) => [...first.seen, ...second.seen].filter((request) => request.path.startsWith(path));
  expect(asked('/_next/static/chunk.js')).toHaveLength(1);
  expect(asked('/_next/static/only-first.js').length).toBeLessThanOrEqual(2);
  close();
});

test('a POST that broke off is not sent again', async () => {
  const breaking = () =>
    openWebBackend(
      (request, response) => void (request.method === 'POST' ? request.socket.destroy() : response.end('ok')),
    );
  const nodes = await Promise.all([breaking(), breaking()]);
  const [one, two] = nodes;
  const made = await start(
    {},
    nodes.map(({ address }) => address),
  );
  const { ask, close } = client(made);
  const answer = await ask('/api/trpc/devices.approve', {
    method: 'POST',
    body: '{}',
    headers: { 'content-type': 'application/json' },
  });
  expect([answer.status, JSON.parse(answer.text).code]).toEqual([502, 'WEB_UNAVAILABLE']);
  expect((one?.seen.length ?? 0) + (two?.seen.length ?? 0)).toBe(1);
  close();
  await made.stop();
  await Promise.all(nodes.map((node) => node.close()));
});

/** A web node that is a process of its own, to be killed. */
const NODE = `
  const server = require('node:http').createServer((_, response) => response.end('killable'));
  server.listen(Number(process.argv[1]), '127.0.0.1');`;

test('a node is killed while requests come: none fails; it comes back and is asked again', async () => {
  const folder = await keeper.makeFolder('killable');
  const [port = 0] = await freePorts(1);
  const spawn = async () => {
    const child = await keeper.spawn({
      command: process.execPath,
      args: ['-e', NODE, `${port}`],
      cwd: folder,
      logFile: `${folder}/log`,
      // The pinned Node lies where only we may look.
      asRoot: true,
    });
    await expect
      .poll(() =>
        askTcp({ host: '127.0.0.1', port }, '').then(
          () => true,
          () => false,
        ),
      )
      .toBe(true);
    return child;
  };
  const killable = await spawn();
  const made = await start({ PAGE_RATE: '100000r/s' }, [{ host: '127.0.0.1', port }, first.address]);
  const { ask, close } = client(made);
  const answers: string[] = [];
  let going = true;
  const load = Array.from({ length: 4 }, async () => {
    while (going) {
      const { status, text } = await ask('/load');
      answers.push(status === 200 ? text : `${status}`);
    }
  });
  await expect.poll(() => answers.filter((text) => text === 'killable').length, PATIENT).toBeGreaterThan(20);
  await killable.signal('SIGKILL');
  await killable.exited;
  const killedAt = answers.length;
  await expect
    .poll(() => answers.slice(killedAt).filter((text) => text === 'first').length, PATIENT)
    .toBeGreaterThan(200);
  const again = await spawn();
  const backAt = answers.length;
  await expect.poll(() => answers.slice(backAt), PATIENT).toContain('killable');
  going = false;
  await Promise.all(load);
  expect(new Set(answers)).toEqual(new Set(['first', 'killable']));
  close();
  await made.stop();
  await again.signal('SIGKILL');
});

test('when no node is left, the answer says so', async () => {
  const made = await start({}, [{ host: '127.0.0.1', port: 9 }]);
  const { ask, close } = client(made);
  const call = await ask('/api/v1/devices');
  expect([call.status, JSON.parse(call.text).code, call.headers['retry-after']]).toEqual([
    502,
    'WEB_UNAVAILABLE',
    '10',
  ]);
  const page = await ask('/');
  expect(page.text).toMatch(/LogMaster şu anda yanıt vermiyor[\s\S]*LogMaster does not answer/);
  close();
  await made.stop();
});

test('a reload takes the changed nodes and keeps what is open; a faulty one changes nothing', async () => {
  const held = Promise.withResolvers<void>();
  const old = await openWebBackend(async (_request, response) => {
    response.write('one ');
    await held.promise;
    response.end('two');
  });
  const made = await start({}, [old.address]);
  const { open, close } = client(made);
  const stream = await open('/api/trpc/live.tail');
  expect(await once(stream, 'data')).toEqual(['one ']);
  await expect(made.reload({ API_RATE: 'fast' })).rejects.toThrow(
    /nginx-\d+: nginx ended with code 1\n[\s\S]*invalid rate "rate=fast"/,
  );
  await expect(made.reload({ NO_SUCH: 'x' })).rejects.toThrow(/there is no variable NO_SUCH/);
  await made.reload({ WEB_NODES: `${first.address.host}:${first.address.port}` });
  const { ask, close: closeNew } = client(made);
  await expect.poll(async () => (await ask('/')).text, PATIENT).toBe('first');
  held.resolve();
  expect(await once(stream, 'data')).toEqual(['two']);
  close();
  closeNew();
  await made.stop();
  await old.close();
});

test('it hangs and goes on, is killed and comes back', async () => {
  const made = await start({}, [first.address]);
  await made.hang();
  const waiting = made.ready();
  await made.resume();
  await waiting;
  await made.kill();
  await expect(made.ready()).rejects.toThrow(/does not run/);
  await expect(connectOnce(made.address.port)).rejects.toThrow(/ECONNREFUSED/);
  await made.start();
  const { ask, close } = client(made);
  expect((await ask('/')).status).toBe(200);
  close();
  await made.stop();
});

async function connectOnce(port: number): Promise<void> {
  const socket = connectTcp(port, '127.0.0.1');
  try {
    await once(socket, 'connect');
  } finally {
    socket.destroy();
  }
}

test('what it says itself is said as in the table of errors', async () => {
  const texts = path.resolve(import.meta.dirname, '../../../../infra/nginx/templates');
  const files = await Promise.all(
    ['problem-texts.conf', 'problems.conf.template'].map((name) => readFile(path.join(texts, name), 'utf8')),
  );
  const said = [...files.join('').matchAll(/"type":"([^"]+)","title":"([^"]+)","code":"([A-Z_]+)"/g)];
  expect(said.length).toBe(4);
  for (const [, type, title, code = ''] of said) {
    expect([type, title]).toEqual([`urn:logmaster:error:${code.toLowerCase()}`, ERRORS[code as ErrorCode]?.title]);
  }
});

test('a taken port and a faulty configuration are told before it starts', async () => {
  const taken = await createNginx(keeper, {
    certificate,
    webNodes: [first.address],
    syslogNodes: NO_SYSLOG,
    ports: { https: first.address.port, http: nginx.http.port + 1, syslog: nginx.syslog.port + 1 },
    name: 'taken',
  });
  const fault = await taken.start().catch((error: unknown) => error);
  expect(fault).toBeInstanceOf(ServiceError);
  expect(String(fault)).toMatch(/taken: port \d+ on 127\.0\.0\.1 is used by another program/);

  const broken = await create({ TLS_CERTIFICATE: '/nowhere.pem' });
  await expect(broken.start()).rejects.toThrow(/cannot load certificate "\/nowhere\.pem"/);
  expect(broken.running()).toBe(false);
  await expect((await create({ SERVER_NAMES: 'a; return 200' })).start()).rejects.toThrow(
    /SERVER_NAMES has a character that is not allowed/,
  );
  await expect((await create({ SYSLOG_TRANSPARENT: 'yes' })).start()).rejects.toThrow(
    /SYSLOG_TRANSPARENT must be on or off/,
  );
  await expect((await create({ WEB_NODES: '' })).start()).rejects.toThrow(/no servers are inside upstream/);
});
