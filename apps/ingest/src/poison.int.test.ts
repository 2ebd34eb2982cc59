import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { type PipelineState, pipelineStateSchema } from '@logmaster/core/api/health';
import { readQuarantine } from '@logmaster/pipeline/processor/quarantine/quarantine';
import { logmaster } from '@logmaster/testkit/cli';
import { freePorts } from '@logmaster/testkit/free-ports';
import { afterEach, beforeEach, expect, test } from 'vitest';

let data: string;
let syslog = 0;
let metrics = 0;
let ingest: ChildProcess;
beforeEach(async () => {
  data = await mkdtemp(path.join(os.tmpdir(), 'ingest-poison-'));
  [syslog = 0, metrics = 0] = await freePorts(2);
});
afterEach(async () => {
  if (ingest.exitCode === null && ingest.signalCode === null) {
    process.kill(-(ingest.pid as number), 'SIGKILL');
    await once(ingest, 'close');
  }
  await rm(data, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
});

async function start(): Promise<void> {
  const poison = path.join(import.meta.dirname, 'testing', 'poison.ts');
  ingest = spawn(process.execPath, ['--import', poison, path.join(import.meta.dirname, 'main.ts')], {
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
      LOGMASTER_HANG_SECONDS: '4',
      LOGMASTER_LOG_LEVEL: 'fatal',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(ingest.stdout as NodeJS.ReadableStream, 'data');
}

const pipeline = async (): Promise<PipelineState> =>
  pipelineStateSchema.parse(await (await fetch(`http://127.0.0.1:${metrics}/pipeline`)).json());
const eventually = <T>(read: () => T) => expect.poll(read, { timeout: 180_000, interval: 100 });
const quarantined = () => readQuarantine(path.join(data, 'segments', 'quarantine.jsonl'));

async function send(...lines: string[]): Promise<void> {
  const socket = net.connect(syslog, '127.0.0.1');
  await once(socket, 'connect');
  socket.end(lines.map((line) => `<134>${line}\n`).join(''));
  await once(
    socket.resume().on('error', () => undefined),
    'close',
  );
}

test('records at which the processor dies or hangs are put aside and sealed, everything else is indexed once', async () => {
  await start();
  await send('one', 'PARSER-DIES here', 'two', 'PARSER-LOOPS here', 'three');
  await eventually(async () => (await pipeline()).quarantined).toBe(2);
  await eventually(pipeline).toMatchObject({ journaled: 5, indexed: 3, pending: 0 });
  const entries = await quarantined();
  for (const { cause, reason } of entries) {
    expect(cause).toBe('crashed');
    expect(reason).toMatch(/^The record crashed the processor \d+ times$/);
  }
  expect(entries.map(({ record }) => Buffer.from(record.raw, 'base64').toString())).toEqual([
    '<134>PARSER-DIES here',
    '<134>PARSER-LOOPS here',
  ]);
  await eventually(async () => (await pipeline()).sealed.records).toBe(5);
  // Normal again: what comes now goes in at once.
  await send('after');
  await eventually(async () => (await pipeline()).indexed).toBe(4);

  // The fault is in the way from the journal to the index alone: a replay finds it mended.
  const listed = await logmaster(['quarantine', 'list', '--json', '--data', data]);
  expect(JSON.parse(listed.stdout)).toEqual({ records: entries });
  const replayed = await logmaster(['quarantine', 'replay', '--all', '--data', data]);
  expect(replayed, replayed.stderr).toMatchObject({ code: 0 });
  expect(replayed.stdout).toBe(entries.map(({ id }) => `${id}  indexed\n`).join(''));
  await eventually(pipeline).toMatchObject({ journaled: 6, indexed: 6, quarantined: 0, pending: 0 });
});
