import { type ChildProcess, spawn } from 'node:child_process';
import dgram from 'node:dgram';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { type Health, healthSchema, type PipelineState, pipelineStateSchema } from '@logmaster/core/api/health';
import { SEAL_FILES } from '@logmaster/core/evidence/manifest';
import { readLines } from '@logmaster/pipeline/segments/zstd-frames';
import { decodeRecordLine } from '@logmaster/signing/record-line';
import { verifyPath } from '@logmaster/signing/verify/verify';
import { freePorts } from '@logmaster/testkit/free-ports';
import { processTree } from '@logmaster/testkit/processes';
import { afterEach, beforeEach, expect, test } from 'vitest';

interface Ingest {
  readonly child: ChildProcess;
  readonly exited: Promise<number | null>;
  stderr(): string;
}

let data: string;
let syslog = 0;
let metrics = 0;
let running: Ingest[] = [];
beforeEach(async () => {
  data = await mkdtemp(path.join(os.tmpdir(), 'pipeline-ingest-'));
  [syslog = 0, metrics = 0] = await freePorts(2);
});
afterEach(async () => {
  for (const { child, exited } of running) {
    child.kill('SIGKILL');
    await exited;
  }
  running = [];
  await rm(data, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
});

function launch(environment: Record<string, string> = {}): Ingest {
  const child = spawn(process.execPath, [path.join(import.meta.dirname, 'main.ts')], {
    env: {
      PATH: process.env.PATH,
      NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE,
      LOGMASTER_DATA_DIR: data,
      LOGMASTER_SYSLOG_HOST: '127.0.0.1',
      LOGMASTER_SYSLOG_PORT: String(syslog),
      LOGMASTER_METRICS_PORT: String(metrics),
      LOGMASTER_SEGMENT_SECONDS: '2',
      LOGMASTER_LOG_LEVEL: 'warn',
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  child.stderr.setEncoding('utf8').on('data', (chunk) => {
    text += chunk;
  });
  const exited = once(child, 'close').then(([code]) => code as number | null);
  const ingest = { child, exited, stderr: () => text };
  running.push(ingest);
  return ingest;
}

async function start(environment?: Record<string, string>): Promise<Ingest> {
  const ingest = launch(environment);
  const [line] = (await once(ingest.child.stdout as NodeJS.ReadableStream, 'data')) as [Buffer];
  expect(JSON.parse(line.toString())).toEqual({ ready: true, syslogPort: syslog, metricsPort: metrics });
  return ingest;
}

async function get(what: string): Promise<unknown> {
  return (await fetch(`http://127.0.0.1:${metrics}/${what}`)).json();
}
const pipeline = async (): Promise<PipelineState> => pipelineStateSchema.parse(await get('pipeline'));
const health = async (): Promise<Health> => healthSchema.parse(await get('health'));
const eventually = <T>(read: () => T) => expect.poll(read, { timeout: 90_000, interval: 50 });

async function connect(): Promise<net.Socket> {
  const socket = net.connect(syslog, '127.0.0.1');
  await once(socket, 'connect');
  return socket;
}

async function sendTcp(...pieces: (string | Buffer)[]): Promise<void> {
  const socket = await connect();
  for (const piece of pieces) socket.write(piece);
  socket.end();
  socket.resume();
  await once(socket, 'close');
}

async function sendUdp(...datagrams: (string | Buffer)[]): Promise<void> {
  const socket = dgram.createSocket('udp4');
  for (const datagram of datagrams) {
    await new Promise<void>((resolve, reject) => {
      socket.send(datagram, syslog, '127.0.0.1', (error) => (error ? reject(error) : resolve()));
    });
  }
  socket.close();
}

async function archived() {
  const archive = path.join(data, 'archive');
  const records = [];
  for (const name of (await readdir(archive, { recursive: true })).filter((each) =>
    each.endsWith(SEAL_FILES.records),
  )) {
    const file = path.join(archive, name);
    for await (const line of readLines(file, (await readFile(file)).length))
      records.push(decodeRecordLine(Buffer.from(line)));
  }
  return records;
}

test('bad input over real sockets: nothing is lost, each oddity is in a counter, all of it is sealed', async () => {
  const ingest = await start();
  const long = Buffer.alloc(70_000, 'x');
  await sendUdp('<134>udp one', '<134>udp nul \0 here', Buffer.from([0x3c, 0x31, 0x3e, 0xff, 0xfe, 0x80]), '\n');
  await sendTcp('<134>line one\n\n<134>line two\r\n', Buffer.concat([Buffer.from('<134>'), long, Buffer.from('\n')]));
  await sendTcp('12 <134>counted', '9999999 <134>a lie\n<134>after the lie\n');
  await sendTcp('<134>never en', 'ding');

  await eventually(async () => (await pipeline()).indexed).toBe(10);
  expect(await pipeline()).toMatchObject({ seen: 10, journaled: 10, dropped: {}, quarantined: 0, pending: 0 });
  // What is no record may be in the next account.
  await eventually(async () => (await pipeline()).unusual).toMatchObject({
    nul: 1,
    invalid_utf8: 1,
    truncated: 1,
    bad_octet_count: 1,
    unterminated: 1,
    empty: 2,
  });
  await eventually(async () => (await pipeline()).sealed).toMatchObject({ records: 10, unstamped: 0 });
  await eventually(async () => (await health()).state).toBe('ok');
  expect((await pipeline()).sources).toMatchObject([{ address: '127.0.0.1', seen: 10, journaled: 10, dropped: {} }]);
  expect((await pipeline()).sockets).toMatchObject([
    { transport: 'udp', port: syslog, seen: 3, journaled: 3, kernel_drops: 0, connections: null },
    { transport: 'tcp', port: syslog, seen: 7, journaled: 7, kernel_drops: null, connections: 0 },
  ]);
  expect((await pipeline()).backlog).toMatchObject({ records: 0, bytes: 0, oldest_seconds: 0, drain_seconds: 0 });

  const records = await archived();
  const find = (text: string) => records.find(({ raw }) => raw.includes(text));
  expect(find('xxx')).toMatchObject({ flags: 't' });
  expect(find('xxx')?.raw).toHaveLength(65_536);
  expect(find('never ending')).toMatchObject({ flags: 'i', transport: 'tcp', sourceAddress: '127.0.0.1' });
  expect(find('nul')?.raw.toString()).toBe('<134>udp nul \0 here');
  expect(records.map(({ raw }) => raw.toString('latin1'))).toContain('<1>\xff\xfe\x80');

  const text = await (await fetch(`http://127.0.0.1:${metrics}/metrics`)).text();
  expect(text).toMatch(/^logmaster_segment_published_total [1-9]/m);
  for (const line of [
    'logmaster_seen_total 10',
    'logmaster_journaled_total 10',
    'logmaster_indexed_total 10',
    'logmaster_pending_records 0',
    'logmaster_received_total{transport="udp"} 3',
    'logmaster_source_seen_total{source="127.0.0.1"} 10',
    'logmaster_source_seen_total{source="other"} 0',
    'logmaster_identity_difference{identity="received"} 0',
    'logmaster_identity_difference{identity="journal"} 0',
    'logmaster_identity_difference{identity="indexed"} 0',
  ])
    expect(text.split('\n')).toContain(line);

  ingest.child.kill('SIGTERM');
  expect(await ingest.exited, ingest.stderr()).toBe(0);
  const report = await verifyPath(path.join(data, 'archive'), {
    tsaAnchors: [await readFile(path.join(data, 'certificates', 'tsa-ca.pem'), 'utf8')],
    pinnedSigners: [],
  });
  expect(report).toMatchObject({ holds: true });
});

test('SIGTERM: what was sent before it on open connections is durable, and a restart has it', async () => {
  const ingest = await start();
  const socket = await connect();
  const lines = Array.from({ length: 5000 }, (_, i) => `<134>number=${i}\n`);
  socket.on('error', () => undefined);
  await new Promise<void>((resolve) => socket.write(lines.join(''), () => resolve()));
  ingest.child.kill('SIGTERM');
  expect(await ingest.exited, ingest.stderr()).toBe(0);
  socket.destroy();
  await start();
  await eventually(async () => (await pipeline()).sealed.records).toBe(5000);
  // A seal is counted before it is in the archive.
  await eventually(async () => (await archived()).length).toBe(5000);
  const numbers = (await archived()).map(({ raw }) => Number(/\d+$/.exec(raw.toString())?.[0]));
  expect(numbers.sort((a, b) => a - b)).toEqual(lines.map((_, i) => i));
});

test('a processor that is killed is started again, and nothing is lost or doubled', async () => {
  const ingest = await start();
  await sendTcp(...Array.from({ length: 300 }, (_, i) => `<134>number=${i}\n`));
  await eventually(async () => (await pipeline()).indexed).toBeGreaterThan(0);
  const main = ingest.child.pid ?? 0;
  const processor = processTree(main).find(({ pid, command }) => pid !== main && !/ worker$/.test(command.trim()));
  process.kill(processor?.pid ?? Number.NaN, 'SIGKILL');
  await sendTcp(...Array.from({ length: 300 }, (_, i) => `<134>number=${300 + i}\n`));
  await eventually(async () => (await pipeline()).indexed).toBe(600);
  await eventually(async () => (await pipeline()).sealed.records).toBe(600);
  await eventually(async () => (await archived()).length).toBe(600);
  // The check goes on over the death: what the new processor counts and what the old one did fit together.
  const { identities } = await pipeline();
  expect(identities).toMatchObject({ broken: [], breaks: 0 });
  expect(identities.watched).toBeGreaterThanOrEqual(5);
  const numbers = (await archived()).map(({ raw }) => Number(/\d+$/.exec(raw.toString())?.[0]));
  expect(numbers.sort((a, b) => a - b)).toEqual(Array.from({ length: 600 }, (_, i) => i));
  expect((await health()).parts.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['collector', 'journal', 'processor', 'index', 'sealer', 'tsa', 'archive', 'database']),
  );
});

test('a taken syslog port: exit code 3 and a sentence that names port and option', async () => {
  const blocker = net.createServer().listen(syslog, '127.0.0.1');
  await once(blocker, 'listening');
  const ingest = launch();
  expect(await ingest.exited).toBe(3);
  expect(ingest.stderr()).toContain(`port ${syslog}`);
  expect(ingest.stderr()).toContain('--syslog-port');
  blocker.close();
});

test('a taken metrics port names its own option', async () => {
  const blocker = net.createServer().listen(metrics, '127.0.0.1');
  await once(blocker, 'listening');
  const ingest = launch();
  expect(await ingest.exited).toBe(3);
  expect(ingest.stderr()).toContain('--metrics-port');
  blocker.close();
});

test('a second ingest on the same data is refused and leaves the first one unharmed', async () => {
  await start();
  const [otherSyslog = 0, otherMetrics = 0] = await freePorts(2);
  const second = launch({ LOGMASTER_SYSLOG_PORT: String(otherSyslog), LOGMASTER_METRICS_PORT: String(otherMetrics) });
  expect(await second.exited).toBe(3);
  expect(second.stderr()).toContain('Another LogMaster is running');
  await sendTcp('<134>still there\n');
  await eventually(async () => (await pipeline()).indexed).toBe(1);
});

test('TSA_URL without its anchor is refused, not replaced by the local TSA', async () => {
  const ingest = launch({ TSA_URL: 'http://127.0.0.1:1/tsa' });
  expect(await ingest.exited).toBe(2);
  expect(ingest.stderr()).toContain('TSA_CA_FILE');
});
