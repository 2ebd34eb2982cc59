import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { healthSchema, pipelineStateSchema } from '@logmaster/core/api/health';
import { verifyPath } from '@logmaster/signing/verify/verify';
import { freePorts } from '@logmaster/testkit/free-ports';
import { afterEach, beforeEach, expect, test } from 'vitest';

let data: string;
let running: { child: ChildProcess; exited: Promise<number | null> }[] = [];
beforeEach(async () => {
  data = await mkdtemp(path.join(os.tmpdir(), 'ingest-roles-'));
});
afterEach(async () => {
  for (const { child, exited } of running) {
    if (child.exitCode === null && child.signalCode === null) process.kill(-(child.pid as number), 'SIGKILL');
    await exited;
  }
  running = [];
  await rm(data, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
});

function launch(role: string, metrics: number, syslog = 5514) {
  const child = spawn(process.execPath, [path.join(import.meta.dirname, 'main.ts'), '--role', role], {
    detached: true,
    env: {
      PATH: process.env.PATH,
      NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE,
      LOGMASTER_DATA_DIR: data,
      LOGMASTER_SYSLOG_HOST: '127.0.0.1',
      LOGMASTER_SYSLOG_PORT: String(syslog),
      LOGMASTER_METRICS_PORT: String(metrics),
      LOGMASTER_WORKERS: '1',
      LOGMASTER_SEGMENT_SECONDS: '2',
      LOGMASTER_LOG_LEVEL: 'fatal',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text) => {
    stderr += text;
  });
  const exited = once(child, 'close').then(([code]) => code as number | null);
  const one = { child, exited, stderr: () => stderr };
  running.push(one);
  return one;
}

async function start(role: string, metrics: number, syslog?: number): Promise<void> {
  const { child, stderr } = launch(role, metrics, syslog);
  const ended = once(child, 'close').then(() => {
    throw new Error(`${role} ended: ${stderr()}`);
  });
  ended.catch(() => undefined);
  await Promise.race([once(child.stdout as NodeJS.ReadableStream, 'data'), ended]);
}

const get = async (port: number, what: string) => (await fetch(`http://127.0.0.1:${port}/${what}`)).json();
const partsOf = async (port: number) =>
  healthSchema.parse(await get(port, 'health')).parts.map(({ name, state }) => `${name} ${state}`);
const sealed = async (port: number) => pipelineStateSchema.parse(await get(port, 'pipeline')).sealed;
const eventually = <T>(read: () => T) => expect.poll(read, { timeout: 90_000, interval: 50 });

async function send(syslog: number, ...lines: string[]): Promise<void> {
  const socket = net.connect(syslog, '127.0.0.1');
  await once(socket, 'connect');
  socket.end(lines.map((line) => `<134>${line}\n`).join(''));
  await once(socket.resume(), 'close');
}

test('each role in a process of its own: they meet in files, and each answers for itself', async () => {
  const [syslog = 0, collector = 0, processor = 0, sealer = 0, other = 0] = await freePorts(5);
  await start('collector', collector, syslog);
  await send(syslog, 'one', 'two');
  // Nobody seals yet: closed segments wait as plans.
  await start('processor', processor);
  await eventually(() => partsOf(processor)).toEqual([
    'accounting ok',
    'disk ok',
    'processor ok',
    'index ok',
    'database ok',
  ]);
  await start('sealer', sealer);
  await eventually(() => sealed(sealer)).toMatchObject({ records: 2, unstamped: 0 });
  expect(await partsOf(sealer)).toEqual(['disk ok', 'sealer ok', 'archive ok', 'tsa ok']);
  expect(await partsOf(collector)).toEqual(['collector ok', 'journal ok', 'accounting ok', 'disk ok']);
  expect((await fetch(`http://127.0.0.1:${sealer}/health/ready`)).status).toBe(200);

  const second = launch('sealer', other);
  expect(await second.exited).toBe(3);
  expect(second.stderr()).toMatch(/Another LogMaster is running on this data folder: .*sealer\.lock/);

  // The processor is gone for a while: what is closed goes on to the archive, what arrives waits.
  const gone = running[1] as (typeof running)[number];
  gone.child.kill('SIGTERM');
  expect(await gone.exited).toBe(0);
  await send(syslog, 'three');
  await start('processor', processor);
  await eventually(() => sealed(sealer)).toMatchObject({ records: 3, unstamped: 0 });
  const tsaAnchors = [await readFile(path.join(data, 'certificates', 'tsa-ca.pem'), 'utf8')];
  expect(await verifyPath(path.join(data, 'archive'), { tsaAnchors, pinnedSigners: [] })).toMatchObject({
    holds: true,
  });
});
