import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { connect as connectTls, type TLSSocket } from 'node:tls';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createHttpsClient } from '../../https-client.ts';
import { type Keeper, openKeeper } from '../../keeper/keeper.ts';
import { type CertificateAuthority, makeCertificateAuthority } from '../certificates/certificates.ts';
import { createNginx, type NginxService } from './nginx.ts';
import { openWebBackend, type WebBackend } from './web-backend.ts';

let keeper: Keeper;
let authority: CertificateAuthority;
let backend: WebBackend;
let nginx: NginxService;
/** One by one what the backend may say next. */
let pieces: PromiseWithResolvers<string>[];

beforeAll(async () => {
  keeper = await openKeeper('test-streaming');
  authority = await makeCertificateAuthority(keeper);
  backend = await openWebBackend(async (request, response) => {
    if (request.url?.startsWith('/api/download')) return void response.end(Buffer.alloc(20_000_000, 'x'));
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache, no-transform' });
    response.flushHeaders();
    for (const { promise } of pieces) response.write(await promise);
    response.end();
  });
  // A WebSocket server as far as a proxy sees one: RFC 6455 § 4.2.2, then bytes both ways.
  backend.server.on('upgrade', (request, socket) => {
    const key = `${request.headers['sec-websocket-key']}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`;
    const accept = createHash('sha1').update(key).digest('base64');
    socket.write(
      `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`,
    );
    socket.on('error', () => socket.destroy());
    socket.pipe(socket);
  });
  nginx = await createNginx(keeper, {
    certificate: await authority.issue('web'),
    webNodes: [backend.address],
    syslogNodes: [{ host: '127.0.0.1', port: 9 }],
  });
  await nginx.start();
});
afterAll(async () => {
  await keeper.close();
  await backend.close();
});

test('each event of a stream passes before the next one is there', async () => {
  pieces = Array.from({ length: 5 }, () => Promise.withResolvers<string>());
  const { open, close } = createHttpsClient(nginx.url, authority.pem);
  // Answered although nothing was said yet.
  const stream = await open('/api/trpc/live.tail?input=%7B%7D', { headers: { accept: 'text/event-stream' } });
  expect(stream.headers['content-type']).toBe('text/event-stream');
  for (const [n, piece] of pieces.entries()) {
    piece.resolve(`data: ${n}\n\n`);
    expect(await once(stream, 'data')).toEqual([`data: ${n}\n\n`]);
  }
  close();
});

test('when the reader of a stream leaves, the node hears of it', async () => {
  pieces = [Promise.withResolvers<string>()];
  const left = new Promise<void>((resolve) =>
    backend.server.once('request', (_, response) => response.once('close', resolve)),
  );
  const { open, close } = createHttpsClient(nginx.url, authority.pem);
  const stream = await open('/api/trpc/live.tail');
  stream.destroy();
  await left;
  close();
});

test('a large download arrives whole', async () => {
  const { open, close } = createHttpsClient(nginx.url, authority.pem);
  const stream = await open('/api/download');
  let bytes = 0;
  for await (const piece of stream) bytes += piece.length;
  expect(bytes).toBe(20_000_000);
  close();
});

async function upgrade(protocol: string): Promise<{ socket: TLSSocket; answer: string }> {
  const { host, port } = nginx.address;
  const socket = connectTls({ host, port, ca: authority.pem }).setEncoding('latin1');
  await once(socket, 'secureConnect');
  const lines = [
    'GET /api/live HTTP/1.1',
    `Host: ${host}:${port}`,
    'User-Agent: test',
    'Accept: */*',
    `Upgrade: ${protocol}`,
    'Connection: Upgrade, HTTP2-Settings',
    'HTTP2-Settings: AAMAAABkAAQCAAAAAAIAAAAA',
    'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
    'Sec-WebSocket-Version: 13',
  ];
  socket.write(`${lines.join('\r\n')}\r\n\r\n`);
  const [answer] = (await once(socket, 'data')) as [string];
  return { socket, answer };
}

test('a WebSocket is opened and carries both ways; another upgrade is not passed on', async () => {
  const { socket, answer } = await upgrade('websocket');
  expect(answer).toMatch(/^HTTP\/1\.1 101 [\s\S]*s3pPLMBiTxaQ9kYGzzhZRbK\+xOo=/);
  for (const text of ['one', 'two']) {
    socket.write(text);
    expect(await once(socket, 'data')).toEqual([text]);
  }
  socket.destroy();

  pieces = [];
  const other = await upgrade('h2c');
  expect(other.answer).toMatch(/^HTTP\/1\.1 200 /);
  expect(backend.seen.at(-1)?.headers.upgrade).toBeUndefined();
  other.socket.destroy();
});
