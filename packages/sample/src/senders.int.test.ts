import dgram from 'node:dgram';
import { once } from 'node:events';
import net from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { createLoad } from './load.ts';
import { createReplay } from './replay.ts';
import { createTcpSender } from './tcp-sender.ts';

const cleanups: (() => Promise<unknown> | unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

/** A TCP listener that keeps what each peer address sent. */
async function tcpReceiver(port = 0) {
  const byPeer = new Map<string, Buffer[]>();
  const sockets = new Set<net.Socket>();
  const server = net.createServer((socket) => {
    sockets.add(socket);
    const chunks = byPeer.get(socket.remoteAddress ?? '') ?? [];
    byPeer.set(socket.remoteAddress ?? '', chunks);
    socket.on('data', (chunk) => chunks.push(chunk));
    socket.on('error', () => undefined);
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const close = () => {
    for (const socket of sockets) socket.destroy();
    return new Promise((resolve) => server.close(resolve));
  };
  cleanups.push(close);
  const text = (peer: string) => Buffer.concat(byPeer.get(peer) ?? []).toString();
  return { port: (server.address() as net.AddressInfo).port, byPeer, text, close };
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setImmediate(resolve));
}

/** Splits octet-counted text (RFC 6587 § 3.4.1) and leaves out what has not come whole; throws when a count is none. */
function unframe(bytes: Buffer): string[] {
  const lines: string[] = [];
  for (let at = 0; at < bytes.length; ) {
    const space = bytes.indexOf(32, at);
    if (space < 0) break;
    const length = Number(bytes.toString('latin1', at, space));
    if (!Number.isInteger(length)) throw new Error(`bad frame at ${at}`);
    if (space + 1 + length > bytes.length) break;
    lines.push(bytes.toString('utf8', space + 1, space + 1 + length));
    at = space + 1 + length;
  }
  return lines;
}

test('each device arrives from its own address in its own framing, every numbered record once', async () => {
  const tcp = await tcpReceiver();
  const udp = dgram.createSocket('udp4');
  const datagrams: { peer: string; line: string }[] = [];
  udp.on('message', (message, peer) => datagrams.push({ peer: peer.address, line: message.toString() }));
  udp.bind(tcp.port, '127.0.0.1');
  await once(udp, 'listening');
  cleanups.push(() => new Promise<void>((resolve) => udp.close(() => resolve())));
  const replay = createReplay({
    host: '127.0.0.1',
    port: tcp.port,
    // A receive buffer takes what a second brings, should nobody have time to read it.
    recordsPerSecond: 400,
    seed: 1,
    numbered: true,
    rhythm: 'flat',
    burst: { seconds: 0, factor: 1 },
    seconds: 0.5,
  });
  await replay.start();
  await replay.finished;
  const handed = Object.values(replay.counts()).reduce((sum, counts) => sum + counts.handed, 0);
  const received = () => [
    ...unframe(Buffer.concat([...(tcp.byPeer.get('127.0.10.1') ?? [])])),
    ...unframe(Buffer.concat([...(tcp.byPeer.get('127.0.10.2') ?? [])])),
    ...tcp.text('127.0.20.1').split('\n').slice(0, -1),
    ...datagrams.map(({ line }) => line),
  ];
  await until(() => received().length >= handed);
  const numbers = received().map((line) => Number(/ seq=(\d+)$/.exec(line)?.[1]));
  expect(numbers.toSorted((a, b) => a - b)).toEqual(Array.from({ length: handed }, (_, index) => index + 1));
  expect(new Set(datagrams.map(({ peer }) => peer))).toEqual(new Set(['127.0.30.1', '127.0.40.1']));
});

test('a sender connects again after the receiver went away, and says what is uncertain', async () => {
  const first = await tcpReceiver();
  const sender = createTcpSender({ host: '127.0.0.1', port: first.port, from: undefined }, 'tcp-lines');
  await sender.start();
  cleanups.push(() => sender.stop());
  sender.send('one');
  sender.flush();
  await until(() => first.text('127.0.0.1') === 'one\n');
  await first.close();
  await until(() => !sender.ready);
  const second = await tcpReceiver(first.port);
  await until(() => sender.ready);
  sender.send('two');
  sender.flush();
  await until(() => second.text('127.0.0.1') === 'two\n');
  expect(sender.counts.reconnects).toBeGreaterThanOrEqual(1);
});

test('a receiver that does not read holds the sender back instead of filling its memory', async () => {
  const sockets: net.Socket[] = [];
  const server = net.createServer({ pauseOnConnect: true }, (socket) => sockets.push(socket));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as net.AddressInfo;
  const sender = createTcpSender({ host: '127.0.0.1', port, from: undefined }, 'tcp-octets');
  await sender.start();
  const line = 'x'.repeat(1000);
  let sent = 0;
  for (; sender.ready && sent < 100_000; sent++) {
    sender.send(line);
    if (sent % 100 === 0) sender.flush();
    await Promise.resolve();
  }
  expect(sent).toBeLessThan(100_000);
  const stopped = sender.stop();
  for (const socket of sockets) socket.destroy();
  await stopped;
  expect(sender.counts.uncertain).toBeGreaterThan(0);
  server.close();
});

test('load lines are well framed, numbered without a gap and shared by the connections', async () => {
  const tcp = await tcpReceiver();
  const load = createLoad({
    host: '127.0.0.1',
    port: tcp.port,
    recordsPerSecond: 20_000,
    connections: 3,
    seed: 1,
    framing: 'tcp-octets',
  });
  await load.start();
  await until(() => load.sent > 2000);
  await load.stop();
  const lines = () => [...tcp.byPeer.values()].flatMap((chunks) => unframe(Buffer.concat(chunks)));
  await until(() => lines().length >= load.sent);
  const numbers = lines().map((line) => Number(/ seq=(\d{10})$/.exec(line)?.[1]));
  expect(numbers.toSorted((a, b) => a - b)).toEqual(Array.from({ length: load.sent }, (_, index) => index + 1));
  expect([...tcp.byPeer.keys()].toSorted()).toEqual(['127.0.50.1', '127.0.50.2', '127.0.50.3']);
  const today = /date=(\S+) time=(\S+) /.exec(lines()[0] ?? '');
  const age = Date.now() - Date.parse(`${today?.[1]}T${today?.[2]}+03:00`);
  expect(Math.abs(age)).toBeLessThan(10_000);
});
