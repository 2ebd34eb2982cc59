import { createHash } from 'node:crypto';
import dgram from 'node:dgram';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { freePorts } from '@logmaster/testkit/free-ports';
import { type IngestProgram, launchIngest } from '@logmaster/testkit/ingest-program';
import { afterEach, beforeEach, expect, test } from 'vitest';

let data: string;
let syslog = 0;
let metrics = 0;
let ingest: IngestProgram | undefined;
beforeEach(async () => {
  data = await mkdtemp(path.join(os.tmpdir(), 'ingest-workers-'));
  [syslog = 0, metrics = 0] = await freePorts(2);
});
afterEach(async () => {
  await ingest?.kill();
  await rm(data, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
});

/** Collectors alone: what is tested here ends in the journal. */
async function start(environment: Record<string, string> = {}): Promise<IngestProgram> {
  const collectors = { LOGMASTER_ROLE: 'collector', LOGMASTER_LOG_LEVEL: 'fatal', ...environment };
  ingest = launchIngest({ data, syslogPort: syslog, metricsPort: metrics, environment: collectors });
  await ingest.ready();
  return ingest;
}

const eventually = <T>(read: () => T) => expect.poll(read, { timeout: 90_000, interval: 50 });

async function workerPids({ pid }: IngestProgram): Promise<number[]> {
  const children = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8');
  return children.trim().split(' ').map(Number);
}

/** One record over a connection of its own; throws when it is refused or reset. */
async function sendOne(text: string): Promise<void> {
  const socket = net.connect(syslog, '127.0.0.1');
  await once(socket, 'connect');
  socket.end(`<134>${text}\n`);
  await once(socket.resume(), 'close');
}

/** Sends datagrams and opens connections until told to stop; resolves with how many of each. */
function traffic(): { stop(): Promise<{ datagrams: number; connections: number }> } {
  let going = true;
  const socket = dgram.createSocket('udp4');
  const datagrams = (async () => {
    let sent = 0;
    for (; going; sent++) {
      await new Promise((resolve) => socket.send(`<134>datagram ${sent}`, syslog, '127.0.0.1', resolve));
      // The kernel keeps some hundred while nobody has time to read them: more would be lost by right.
      if (sent % 5 === 0) await new Promise((resolve) => setTimeout(resolve, 1));
    }
    socket.close();
    return sent;
  })();
  const connections = (async () => {
    let made = 0;
    for (; going; made++) await sendOne(`connection ${made}`);
    return made;
  })();
  // A refused connection shows when it is asked for.
  connections.catch(() => undefined);
  return {
    async stop() {
      going = false;
      return { datagrams: await datagrams, connections: await connections };
    },
  };
}

test('workers are replaced one after the other under load: no connection refused, no datagram lost', async () => {
  const running = await start({ LOGMASTER_WORKERS: '2' });
  const before = await workerPids(running);
  expect(before).toHaveLength(2);
  const load = traffic();
  await eventually(async () => (await running.pipeline()).journaled).toBeGreaterThan(100);
  running.signal('SIGUSR2');
  await eventually(async () => (await workerPids(running)).filter((pid) => before.includes(pid))).toEqual([]);
  await eventually(async () => (await running.pipeline()).workers).toEqual({
    configured: 2,
    listening: 2,
    restarts: 0,
  });
  const { datagrams, connections } = await load.stop();
  await eventually(async () => (await running.pipeline()).journaled).toBe(datagrams + connections);
  expect(await running.pipeline()).toMatchObject({ dropped: {}, seen: datagrams + connections });
  expect((await running.pipeline()).received).toMatchObject({ udp: datagrams, tcp: connections });
});

test('a worker that is killed is started again; meanwhile the ports stay open and datagrams wait', async () => {
  const running = await start({ LOGMASTER_WORKERS: '1' });
  await sendOne('before');
  await eventually(async () => (await running.pipeline()).journaled).toBe(1);
  const [pid = 0] = await workerPids(running);
  process.kill(pid, 'SIGKILL');
  await eventually(async () => (await running.get('health/ready')).status).toBe(503);
  expect((await running.get('health/live')).status).toBe(200);
  // Nobody reads now: the kernel takes the connection and keeps the datagrams.
  const waiting = sendOne('meanwhile');
  const socket = dgram.createSocket('udp4');
  for (let i = 0; i < 100; i++)
    await new Promise((resolve) => socket.send(`<134>datagram ${i}`, syslog, '127.0.0.1', resolve));
  socket.close();
  await waiting;
  await eventually(async () => (await running.pipeline()).journaled).toBe(102);
  expect((await running.pipeline()).workers).toEqual({ configured: 1, listening: 1, restarts: 1 });
  expect(await running.pipeline()).toMatchObject({ seen: 102, dropped: {}, identities: { broken: [], breaks: 0 } });
  expect((await running.get('health/ready')).status).toBe(200);
  const text = await (await running.get('metrics')).text();
  expect(text).toMatch(/^logmaster_worker_restarts_total 1$/m);
  expect(text).toMatch(/^logmaster_received_total\{transport="udp"\} 100$/m);
  expect(text).toMatch(/^logmaster_received_total\{transport="tcp"\} 2$/m);
  expect(text).toMatch(/^logmaster_journal_fsync_seconds_bucket\{le="5"\} [1-9]/m);
  expect(text).toMatch(/^logmaster_journal_pending_bytes \d/m);
});

test('SIGTERM to the whole group, as service managers send it: everything that was sent is durable', async () => {
  const running = await start({ LOGMASTER_WORKERS: '2' });
  await Promise.all(Array.from({ length: 50 }, (_, i) => sendOne(`number=${i}`)));
  running.signalAll('SIGTERM');
  expect(await running.exited).toBe(0);
  const again = await start({ LOGMASTER_ROLE: 'all', LOGMASTER_WORKERS: '2', LOGMASTER_SEGMENT_SECONDS: '2' });
  await eventually(async () => (await again.pipeline()).sealed.records).toBe(50);
});

test('RADIUS is heard by one worker of several: a request that comes again is recorded once', async () => {
  const [radius = 0] = await freePorts(1);
  const secret = 'a shared secret';
  const clients = { LOGMASTER_RADIUS_CLIENTS: `127.0.0.1 ${secret}`, LOGMASTER_RADIUS_PORT: String(radius) };
  const running = await start({ ...clients, LOGMASTER_WORKERS: '2' });
  const attributes = Buffer.from('2806000000012c05732d31', 'hex');
  const head = Buffer.from([4, 1, 0, 20 + attributes.length]);
  const authenticator = createHash('md5').update(head).update(Buffer.alloc(16)).update(attributes).update(secret);
  const packet = Buffer.concat([head, authenticator.digest(), attributes]);
  const socket = dgram.createSocket('udp4');
  for (let sent = 0; sent < 20; sent++) {
    socket.send(packet, radius, '127.0.0.1');
    await once(socket, 'message');
  }
  socket.close();
  await eventually(async () => (await running.pipeline()).unusual).toEqual({ radius_retransmission: 19 });
  expect((await running.pipeline()).received).toEqual({ radius: 1 });
});
