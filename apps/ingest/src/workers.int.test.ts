import { type ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import dgram from 'node:dgram';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { type PipelineState, pipelineStateSchema } from '@logmaster/core/api/health';
import { freePorts } from '@logmaster/testkit/free-ports';
import { afterEach, beforeEach, expect, test } from 'vitest';

let data: string;
let syslog = 0;
let metrics = 0;
let ingest: ChildProcess;
beforeEach(async () => {
  data = await mkdtemp(path.join(os.tmpdir(), 'ingest-workers-'));
  [syslog = 0, metrics = 0] = await freePorts(2);
});
afterEach(async () => {
  if (ingest.exitCode === null && ingest.signalCode === null) {
    process.kill(-(ingest.pid as number), 'SIGKILL');
    await once(ingest, 'close');
  }
  await rm(data, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
});

/** Collectors alone: what is tested here ends in the journal. */
async function start(environment: Record<string, string> = {}): Promise<void> {
  ingest = spawn(process.execPath, [path.join(import.meta.dirname, 'main.ts')], {
    detached: true,
    env: {
      PATH: process.env.PATH,
      NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE,
      LOGMASTER_ROLE: 'collector',
      LOGMASTER_DATA_DIR: data,
      LOGMASTER_SYSLOG_HOST: '127.0.0.1',
      LOGMASTER_SYSLOG_PORT: String(syslog),
      LOGMASTER_METRICS_PORT: String(metrics),
      LOGMASTER_LOG_LEVEL: 'fatal',
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(ingest.stdout as NodeJS.ReadableStream, 'data');
}

const ask = (what: string) => fetch(`http://127.0.0.1:${metrics}/${what}`);
const pipeline = async (): Promise<PipelineState> => pipelineStateSchema.parse(await (await ask('pipeline')).json());
const eventually = <T>(read: () => T) => expect.poll(read, { timeout: 90_000, interval: 50 });

async function workerPids(): Promise<number[]> {
  const children = await readFile(`/proc/${ingest.pid}/task/${ingest.pid}/children`, 'utf8');
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
  await start({ LOGMASTER_WORKERS: '2' });
  const before = await workerPids();
  expect(before).toHaveLength(2);
  const load = traffic();
  await eventually(async () => (await pipeline()).journaled).toBeGreaterThan(100);
  ingest.kill('SIGUSR2');
  await eventually(async () => (await workerPids()).filter((pid) => before.includes(pid))).toEqual([]);
  await eventually(async () => (await pipeline()).workers).toEqual({ configured: 2, listening: 2, restarts: 0 });
  const { datagrams, connections } = await load.stop();
  await eventually(async () => (await pipeline()).journaled).toBe(datagrams + connections);
  expect(await pipeline()).toMatchObject({ dropped: {}, seen: datagrams + connections });
  expect((await pipeline()).received).toMatchObject({ udp: datagrams, tcp: connections });
});

test('a worker that is killed is started again; meanwhile the ports stay open and datagrams wait', async () => {
  await start({ LOGMASTER_WORKERS: '1' });
  await sendOne('before');
  await eventually(async () => (await pipeline()).journaled).toBe(1);
  const [pid = 0] = await workerPids();
  process.kill(pid, 'SIGKILL');
  await eventually(async () => (await ask('health/ready')).status).toBe(503);
  expect((await ask('health/live')).status).toBe(200);
  // Nobody reads now: the kernel takes the connection and keeps the datagrams.
  const waiting = sendOne('meanwhile');
  const socket = dgram.createSocket('udp4');
  for (let i = 0; i < 100; i++)
    await new Promise((resolve) => socket.send(`<134>datagram ${i}`, syslog, '127.0.0.1', resolve));
  socket.close();
  await waiting;
  await eventually(async () => (await pipeline()).journaled).toBe(102);
  expect((await pipeline()).workers).toEqual({ configured: 1, listening: 1, restarts: 1 });
  expect(await pipeline()).toMatchObject({ seen: 102, dropped: {}, identities: { broken: [], breaks: 0 } });
  expect((await ask('health/ready')).status).toBe(200);
  const text = await (await ask('metrics')).text();
  expect(text).toMatch(/^logmaster_worker_restarts_total 1$/m);
  expect(text).toMatch(/^logmaster_received_total\{transport="udp"\} 100$/m);
  expect(text).toMatch(/^logmaster_received_total\{transport="tcp"\} 2$/m);
  expect(text).toMatch(/^logmaster_journal_fsync_seconds_bucket\{le="5"\} [1-9]/m);
  expect(text).toMatch(/^logmaster_journal_pending_bytes \d/m);
});

test('SIGTERM to the whole group, as service managers send it: everything that was sent is durable', async () => {
  await start({ LOGMASTER_WORKERS: '2' });
  await Promise.all(Array.from({ length: 50 }, (_, i) => sendOne(`number=${i}`)));
  process.kill(-(ingest.pid as number), 'SIGTERM');
  const [code] = await once(ingest, 'close');
  expect(code).toBe(0);
  await start({ LOGMASTER_ROLE: 'all', LOGMASTER_WORKERS: '2', LOGMASTER_SEGMENT_SECONDS: '2' });
  await eventually(async () => (await pipeline()).sealed.records).toBe(50);
});

test('RADIUS is heard by one worker of several: a request that comes again is recorded once', async () => {
  const [radius = 0] = await freePorts(1);
  const secret = 'a shared secret';
  const clients = { LOGMASTER_RADIUS_CLIENTS: `127.0.0.1 ${secret}`, LOGMASTER_RADIUS_PORT: String(radius) };
  await start({ ...clients, LOGMASTER_WORKERS: '2' });
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
  await eventually(async () => (await pipeline()).unusual).toEqual({ radius_retransmission: 19 });
  expect((await pipeline()).received).toEqual({ radius: 1 });
});
