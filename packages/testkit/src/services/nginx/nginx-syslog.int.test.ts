import { createSocket, type Socket as UdpSocket } from 'node:dgram';
import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { freePorts } from '../../free-ports.ts';
import { type Keeper, openKeeper } from '../../keeper/keeper.ts';
import { makeCertificateAuthority } from '../certificates/certificates.ts';
import { LOOPBACK } from '../process/service.ts';
import { createNginx, type NginxService } from './nginx.ts';

const PATIENT = { timeout: 60_000, interval: 20 };

/** An ingest node: what came by datagrams, and each TCP connection's bytes. */
interface Node {
  readonly address: { readonly host: string; readonly port: number };
  readonly datagrams: string[];
  readonly streams: string[];
  readonly sockets: Set<Socket>;
  listen(): Promise<void>;
  close(): Promise<void>;
}

async function openNode(): Promise<Node> {
  const [port = 0] = await freePorts(1);
  const datagrams: string[] = [];
  const streams: string[] = [];
  const sockets = new Set<Socket>();
  let udp: UdpSocket;
  let tcp: Server;
  const node: Node = {
    address: { host: LOOPBACK, port },
    datagrams,
    streams,
    sockets,
    async listen() {
      udp = createSocket('udp4').on('message', (datagram) => datagrams.push(datagram.toString('latin1')));
      udp.bind(port, LOOPBACK);
      await once(udp, 'listening');
      tcp = createServer((socket) => {
        const index = streams.push('') - 1;
        sockets.add(socket);
        socket.on('error', () => socket.destroy());
        socket.on('close', () => sockets.delete(socket));
        socket.setEncoding('latin1').on('data', (text) => {
          streams[index] = `${streams[index]}${text}`;
        });
      });
      await once(tcp.listen(port, LOOPBACK), 'listening');
    },
    async close() {
      udp.close();
      const closed = once(tcp, 'close');
      tcp.close();
      for (const socket of sockets) socket.resetAndDestroy();
      await closed;
    },
  };
  await node.listen();
  return node;
}

let keeper: Keeper;
let certificate: { certificateFile: string; keyFile: string };
let nodes: readonly [Node, Node];
let nginx: NginxService;
beforeAll(async () => {
  keeper = await openKeeper('test-nginx-syslog');
  certificate = await (await makeCertificateAuthority(keeper)).issue('web');
});
afterAll(() => keeper.close());
beforeEach(async () => {
  nodes = [await openNode(), await openNode()];
  nginx = await start({});
});
afterEach(async () => {
  await nginx.stop();
  await Promise.all(nodes.map((node) => node.close()));
});

async function start(values: Record<string, string>): Promise<NginxService> {
  const made = await createNginx(keeper, {
    certificate,
    webNodes: [{ host: LOOPBACK, port: 9 }],
    syslogNodes: nodes.map(({ address }) => address),
    values,
  });
  await made.start();
  return made;
}

/** Firewalls, by address. */
const SENDERS = Array.from({ length: 16 }, (_, n) => `127.0.1.${n + 1}`);
const records = (sender: string, count: number) =>
  Array.from({ length: count }, (_, n) => `<134>${sender} record ${n} ${'x'.repeat((n * 37) % 1300)}\xff\0end`);
const all = (read: (node: Node) => readonly string[]) => nodes.flatMap(read);

async function sendDatagrams(sender: string, texts: readonly string[]): Promise<void> {
  const socket = createSocket('udp4');
  socket.bind(0, sender);
  await once(socket, 'listening');
  for (const text of texts) {
    await new Promise((sent) => socket.send(Buffer.from(text, 'latin1'), nginx.syslog.port, LOOPBACK, sent));
  }
  socket.close();
}

async function dial(sender: string, port = nginx.syslog.port): Promise<Socket> {
  const socket = connect({ port, host: LOOPBACK, localAddress: sender });
  // Its node may be killed.
  socket.on('error', () => socket.destroy());
  await once(socket, 'connect');
  return socket;
}
const stream = (sender: string, count: number) =>
  records(sender, count)
    .map((text) => `${text}\n`)
    .join('');

test('datagrams arrive whole, in order, and each sender stays with its node', async () => {
  // In rounds: a receiver's buffer takes some hundred, and what is too much for it is lost by right. Each from a new port,
  // as a firewall that was restarted.
  for (let n = 0; n < 20; n++) {
    await Promise.all(SENDERS.map((sender) => sendDatagrams(sender, records(sender, n + 1).slice(-1))));
    await expect.poll(() => all(({ datagrams }) => datagrams).length, PATIENT).toBe(SENDERS.length * (n + 1));
  }
  for (const sender of SENDERS) {
    const heard = nodes.map(({ datagrams }) => datagrams.filter((text) => text.startsWith(`<134>${sender} `)));
    expect(heard.filter(({ length }) => length > 0)).toEqual([records(sender, 20)]);
  }
  for (const { datagrams } of nodes) expect(datagrams).not.toEqual([]);
});

test('TCP streams arrive byte for byte, also what is written right before the end', async () => {
  const sent = SENDERS.map((sender) => stream(sender, 500));
  await Promise.all(
    SENDERS.map(async (sender, index) => {
      const socket = await dial(sender);
      socket.end(sent[index] ?? '', 'latin1');
      socket.resume();
      await once(socket, 'close');
    }),
  );
  await expect.poll(() => all(({ streams }) => streams).join('').length, PATIENT).toBe(sent.join('').length);
  expect(all(({ streams }) => streams).sort()).toEqual(sent.sort());
  for (const { streams } of nodes) expect(streams).not.toEqual([]);
});

test('when a node dies its senders are cut off, and get the other one when they come again', async () => {
  const sockets = await Promise.all(SENDERS.map((sender) => dial(sender)));
  await expect.poll(() => all(({ sockets: open }) => [...open].map(String)).length, PATIENT).toBe(SENDERS.length);
  const [dead, alive] = nodes;
  const orphans = dead.sockets.size;
  expect(orphans).toBeGreaterThan(0);
  await dead.close();
  await expect.poll(() => sockets.filter(({ destroyed }) => destroyed).length, PATIENT).toBe(orphans);
  const again = await Promise.all(SENDERS.map((sender) => dial(sender)));
  again.forEach((socket, index) => void socket.end(stream(SENDERS[index] ?? '', 1), 'latin1'));
  await expect
    .poll(() => alive.streams.filter((text) => text.includes('record 0')).length, PATIENT)
    .toBe(SENDERS.length);
  for (const socket of sockets) socket.destroy();

  // Of datagrams the first ones show that nobody is there.
  await expect
    .poll(async () => {
      await Promise.all(SENDERS.map((sender) => sendDatagrams(sender, ['<134>on'])));
      return new Set(alive.datagrams).has('<134>on') && alive.datagrams.length;
    }, PATIENT)
    .toBeGreaterThanOrEqual(SENDERS.length);
  await dead.listen();
});

test('a reload keeps connections, and no datagram is lost', async () => {
  const sender = SENDERS[0] ?? '';
  const socket = await dial(sender);
  socket.write('before\n');
  await expect.poll(() => all(({ streams }) => streams), PATIENT).toEqual(['before\n']);
  let sent = 0;
  let going = true;
  const load = Promise.all(
    SENDERS.map(async (from) => {
      while (going) {
        await sendDatagrams(from, records(from, 1));
        sent++;
        await expect.poll(() => sent - all(({ datagrams }) => datagrams).length, PATIENT).toBeLessThan(64);
      }
    }),
  );
  await nginx.reload({ SYSLOG_CONNECTIONS_PER_ADDRESS: '10' });
  await nginx.reload({ SYSLOG_CONNECTIONS_PER_ADDRESS: '20' });
  going = false;
  await load;
  socket.write('after\n');
  await expect.poll(() => all(({ streams }) => streams), PATIENT).toEqual(['before\nafter\n']);
  await expect.poll(() => all(({ datagrams }) => datagrams).length, PATIENT).toBe(sent);
  socket.destroy();
});

test('connections of one sender are limited, and told with PROXY protocol when that is on', async () => {
  await nginx.stop();
  nginx = await start({ SYSLOG_PROXY_PROTOCOL: 'on', SYSLOG_CONNECTIONS_PER_ADDRESS: '2' });
  const sender = SENDERS[0] ?? '';
  const kept = [await dial(sender), await dial(sender)];
  for (const socket of kept) socket.write('<134>x\n');
  await expect.poll(() => all(({ streams }) => streams).join('').length, PATIENT).toBeGreaterThan(50);
  const third = await dial(sender);
  await once(third.resume(), 'close');
  const [first] = kept;
  expect(all(({ streams }) => streams)).toContain(
    `PROXY TCP4 ${sender} ${LOOPBACK} ${first?.localPort} ${nginx.syslog.port}\r\n<134>x\n`,
  );
  for (const socket of kept) socket.destroy();
});

test('TLS, RELP and Beats go through unopened to their own nodes, with the sender’s address before them', async () => {
  await nginx.stop();
  const [tls = 0, relp = 0, beats = 0] = await freePorts(3);
  const [one, two] = nodes.map(({ address }) => `${address.host}:${address.port}`) as [string, string];
  nginx = await start({
    SYSLOG_PROXY_PROTOCOL: 'on',
    ...{ SYSLOG_TLS: 'on', SYSLOG_TLS_PORT: `${tls}`, SYSLOG_TLS_NODES: one },
    ...{ RELP: 'on', RELP_PORT: `${relp}`, RELP_NODES: two },
    ...{ BEATS: 'on', BEATS_PORT: `${beats}`, BEATS_NODES: one },
  });
  const expected: string[] = [];
  const sender = SENDERS[0] ?? '';
  for (const port of [tls, relp, beats]) {
    const socket = await dial(sender, port);
    socket.end(`\x16\x03\x01 ${port}`, 'latin1');
    socket.resume();
    expected.push(`PROXY TCP4 ${sender} ${LOOPBACK} ${socket.localPort} ${port}\r\n\x16\x03\x01 ${port}`);
    await once(socket, 'close');
  }
  await expect.poll(() => all(({ streams }) => streams).join('').length, PATIENT).toBe(expected.join('').length);
  expect(nodes.map(({ streams }) => [...streams].sort())).toEqual([[expected[0], expected[2]].sort(), [expected[1]]]);
});
