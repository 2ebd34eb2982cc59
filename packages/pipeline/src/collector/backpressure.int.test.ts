import dgram from 'node:dgram';
import { once } from 'node:events';
import type net from 'node:net';
import tls from 'node:tls';
import { freePorts } from '@logmaster/testkit/free-ports';
import { type Keeper, openKeeper } from '@logmaster/testkit/keeper/keeper';
import { type CertificateAuthority, makeCertificateAuthority } from '@logmaster/testkit/services/certificates';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { CollectorRig } from '../testing/collector-rig.ts';
import type { CollectorOptions } from './collector-options.ts';

const LIMIT = 2 * 1024 * 1024;
/** What a socket pair of the kernel may hold, several times. */
const STORM_BYTES = 64 * 1024 * 1024;

let keeper: Keeper;
let authority: CertificateAuthority;
let rig: CollectorRig;
let ports: readonly number[] = [];
beforeAll(async () => {
  keeper = await openKeeper('test-backpressure');
  authority = await makeCertificateAuthority(keeper);
});
afterAll(() => keeper.close());
afterEach(() => rig.remove());

const eventually = <T>(read: () => T) => expect.poll(read, { timeout: 60_000, interval: 10 });
const pending = () => rig.collector.journal.pendingBytes;
const unusual = () => rig.collector.state.unusual;

async function start(options: Partial<CollectorOptions> = {}) {
  ports = await freePorts(4);
  const { certificateFile: certificate, keyFile: key } = await authority.issue('collector');
  rig = await CollectorRig.start({
    syslogPort: ports[0] as number,
    syslogTls: { port: ports[1] as number, files: { certificate, key }, clientCertificates: 'none' },
    relp: { port: ports[2] as number },
    beats: { port: ports[3] as number },
    pendingLimitBytes: LIMIT,
    ...options,
  });
}

const connect = (port = ports[0] as number, localAddress?: string) => rig.connect(port, localAddress);

/** Nothing more is taken: twice the same count, as far apart as a kernel that looks again. Gives the count. */
async function standstill(): Promise<number> {
  let before = -1;
  const stands = () => {
    const taken = rig.collector.journal.appendedRecords;
    const same = before === taken;
    before = taken;
    return same;
  };
  await expect.poll(stands, { timeout: 60_000, interval: 250 }).toBe(true);
  return before;
}

const PADDING = 'x'.repeat(1000);
const lines = (name: string, count: number) =>
  Array.from({ length: count }, (_, i) => `<134>${name} ${PADDING} number=${i}\n`).join('');

const u32 = (value: number) => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
};
function beatsWindow(count: number): Buffer {
  const events = Array.from({ length: count }, (_, i) => {
    const json = Buffer.from(`{"message":"beats ${PADDING} number=${i}"}`);
    return Buffer.concat([Buffer.from('2J'), u32(i + 1), u32(json.length), json]);
  });
  return Buffer.concat([Buffer.from('2W'), u32(count), ...events]);
}
function relpFrames(count: number): Buffer {
  const open = 'relp_version=0\ncommands=syslog';
  const frames = [`1 open ${open.length} ${open}\n`];
  for (let i = 0; i < count; i++) {
    const text = `<134>relp ${PADDING} number=${i}`;
    frames.push(`${i + 2} syslog ${text.length} ${text}\n`);
  }
  return Buffer.from(frames.join(''));
}

test('a slow journal slows every sender, drops nothing, and nobody hears an acknowledgement too early', async () => {
  await start();
  rig.disk.hold();
  const count = STORM_BYTES / 4 / 1024;
  const tcp = await connect();
  const secure = tls.connect({ socket: await connect(ports[1]), ca: authority.pem, host: '127.0.0.1' });
  await once(secure, 'secureConnect');
  const relp = await connect(ports[2]);
  const beats = await connect(ports[3]);
  const heard = { relp: '', beats: Buffer.alloc(0) };
  relp.on('data', (chunk) => {
    heard.relp += chunk;
  });
  beats.on('data', (chunk) => {
    heard.beats = Buffer.concat([heard.beats, chunk]);
  });
  const senders = [tcp, secure, relp, beats];
  tcp.write(lines('tcp', count));
  secure.write(lines('tls', count));
  relp.write(relpFrames(count));
  beats.write(beatsWindow(count));
  await eventually(pending).toBeGreaterThan(LIMIT / 2);
  // Everybody stands still: what is not taken is in the senders' hands.
  let before = -1;
  await eventually(() => {
    const same = before === pending();
    before = pending();
    return same && senders.every((socket) => socket.writableLength > 0);
  }).toBe(true);
  expect(pending()).toBeLessThan(LIMIT * 2);
  expect(rig.collector.state.journaled).toBe(0);
  expect(heard.relp).not.toMatch(/^\d+ rsp 6 200 OK$/m);
  expect(heard.beats).toHaveLength(0);

  rig.disk.release();
  await eventually(() => rig.collector.state.journaled).toBe(4 * count);
  await eventually(() => heard.relp.match(/^\d+ rsp 6 200 OK$/gm)?.length).toBe(count);
  await eventually(() => heard.beats.subarray(-4)).toEqual(u32(count));
  expect(rig.collector.state.dropped).toEqual({});
});

test('a storm from one address leaves room for the others', async () => {
  await start();
  rig.disk.hold();
  const storm = await connect(ports[0], '127.0.0.2');
  storm.write(lines('storm', STORM_BYTES / 1024));
  await eventually(pending).toBeGreaterThan(LIMIT / 2);
  const taken = await standstill();
  const quiet = await connect(ports[0], '127.0.0.3');
  quiet.write('<134>quiet\n');
  const datagram = dgram.createSocket('udp4');
  datagram.send('<134>datagram', ports[0] as number, '127.0.0.1');
  await eventually(() => rig.collector.journal.appendedRecords).toBeGreaterThanOrEqual(taken + 2);
  rig.disk.release();
  storm.destroy();
  await eventually(() => pending()).toBe(0);
  const records = await rig.records();
  const at = records.findIndex(({ raw }) => raw.toString() === '<134>quiet');
  const ahead = records.slice(0, at).reduce((sum, { raw }) => sum + raw.length, 0);
  expect(at).toBeGreaterThan(0);
  expect(ahead).toBeLessThan(LIMIT * 0.9);
  expect(records.some(({ raw }) => raw.toString() === '<134>datagram')).toBe(true);
  datagram.close();
});

test('datagrams beyond the room are dropped and counted; seen is journaled plus dropped', async () => {
  await start({ pendingLimitBytes: 100_000 });
  rig.disk.hold();
  const socket = dgram.createSocket('udp4');
  for (let i = 0; i < 500; i++)
    await new Promise((resolve) => socket.send(`<134>${PADDING} ${i}`, ports[0] as number, '127.0.0.1', resolve));
  socket.close();
  rig.disk.release();
  await eventually(() => rig.collector.state.seen).toBe(500);
  await eventually(() => rig.collector.state.journaled + (rig.collector.state.dropped.backpressure ?? 0)).toBe(500);
  expect(rig.collector.state.dropped.backpressure).toBeGreaterThan(0);
  expect(await rig.records()).toHaveLength(rig.collector.state.journaled);
});

test('a rate for each source: connections are slowed to it, datagrams above it dropped', async () => {
  await start({ sourceRate: 1000 });
  const fast = await connect(ports[0], '127.0.0.4');
  fast.end('<134>one\n'.repeat(2500));
  const other = await connect(ports[0], '127.0.0.5');
  other.end('<134>other\n'.repeat(500));
  const socket = dgram.createSocket('udp4');
  // So many that a slow machine, too, sends them faster than the rate.
  for (let i = 0; i < 6000; i++)
    await new Promise((resolve) => socket.send('<134>datagram', ports[0] as number, '127.0.0.1', resolve));
  socket.close();
  await eventually(() => rig.collector.state.seen).toBe(2500 + 500 + 6000);
  const { dropped } = rig.collector.state;
  expect(Object.keys(dropped)).toEqual(['rate-limit']);
  expect(unusual().slowed_to_rate).toBeGreaterThan(0);
  await eventually(() => rig.collector.state.journaled).toBe(9000 - (dropped['rate-limit'] ?? 0));
});

test('5000 idle connections are held while others work', async () => {
  await start({ limits: { total: 5100, perAddress: 600 } });
  for (let from = 0; from < 5000; from += 500) {
    const address = `127.0.1.${from / 500 + 1}`;
    await Promise.all(Array.from({ length: 500 }, () => connect(ports[0], address)));
  }
  await eventually(() => rig.collector.state.connections).toBe(5000);
  const busy = await connect();
  busy.end('<134>among many\n'.repeat(1000));
  await eventually(() => rig.collector.state.journaled).toBe(1000);
  // One address can't take all; nor can all addresses together.
  const greedy = await Promise.all(Array.from({ length: 105 }, () => connect(ports[0], '127.0.1.1')));
  await eventually(() => unusual().connection_refused).toBe(5);
  const more = await Promise.all(Array.from({ length: 3 }, () => connect()));
  await eventually(() => unusual().connection_refused).toBe(8);
  expect(rig.collector.state.connections).toBe(5100);
  for (const socket of [...greedy, ...more]) socket.destroy();
});

test('silent, stalled and idle connections are closed, each by its name; talking ones stay', async () => {
  await start({ timeouts: { firstByteMs: 1000, idleMs: 2500, stallMs: 1000 } });
  const closed = (socket: net.Socket) => new Promise((resolve) => socket.resume().on('close', resolve));
  const silent = await connect();
  const idle = await connect();
  idle.write('<134>hello\n');
  const drip = await connect();
  const dripping = setInterval(() => drip.write('x'), 50);
  const talking = await connect();
  const talk = setInterval(() => talking.write('<134>still here\n'), 50);
  await Promise.all([silent, idle, drip].map(closed));
  clearInterval(dripping);
  expect(unusual()).toMatchObject({ first_byte_timeout: 1, idle_timeout: 1, stalled: 1 });
  await eventually(() => rig.collector.state.connections).toBe(1);
  clearInterval(talk);
  // What the slow one had sent is kept.
  await eventually(async () => (await rig.texts()).some((text) => /^x+$/.test(text))).toBe(true);
});
