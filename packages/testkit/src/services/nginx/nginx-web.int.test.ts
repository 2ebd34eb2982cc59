import { once } from 'node:events';
import { type ConnectionOptions, connect as connectTls } from 'node:tls';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { askTcp } from '../client/ask-tcp.ts';
import type { NginxService } from './nginx.ts';
import { type NginxStand, openNginxStand } from './nginx-stand.ts';
import type { WebBackend } from './web-backend.ts';

/** As the web nodes send them with pages. */
const OWN = { 'strict-transport-security': 'max-age=1', 'x-frame-options': 'SAMEORIGIN', 'x-request-id': 'mine' };

let stand: NginxStand;
let nginx: NginxService;
let first: WebBackend;
let second: WebBackend;
beforeAll(async () => {
  stand = await openNginxStand((name) => (request, response) => {
    const file = request.url?.startsWith('/_next/static/');
    if (file) response.setHeader('cache-control', 'public, max-age=31536000, immutable');
    const status = request.url === '/_next/static/only-first.js' && name === 'second' ? 404 : 200;
    response.writeHead(status, file ? {} : OWN).end(name);
  });
  [first, second] = stand.nodes;
  nginx = await stand.start({});
});
afterAll(() => stand.close());

test('requests are spread over the nodes, which are told who asked and nothing the client made up', async () => {
  const { ask, close } = stand.client(nginx);
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
  const { ask, close } = stand.client(nginx);
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
  const { ask, close } = stand.client(nginx);
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
  const socket = connectTls({ host, port, ca: stand.authority.pem, ALPNProtocols: ['h2', 'http/1.1'], ...options });
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

test('static files are asked for once, and where a release has them', async () => {
  const { ask, close } = stand.client(nginx);
  for (let n = 0; n < 5; n++) {
    expect((await ask(`/_next/static/chunk.js?n=${n}`)).status).toBe(200);
    expect((await ask('/_next/static/only-first.js')).text).toBe('first');
  }
  const asked = (path: string) => [...first.seen, ...second.seen].filter((request) => request.path.startsWith(path));
  expect(asked('/_next/static/chunk.js')).toHaveLength(1);
  expect(asked('/_next/static/only-first.js').length).toBeLessThanOrEqual(2);
  close();
});
