import dgram from 'node:dgram';
import { mkdtemp, rm } from 'node:fs/promises';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { PipelineState } from '@logmaster/core/api/health';
import { freePorts } from '@logmaster/testkit/free-ports';
import { type IngestProcess, prepareData, quiet, startIngest, untilPipeline } from '@logmaster/testkit/ingest';
import { processTree } from '@logmaster/testkit/processes';
import { indexedEvents } from '@logmaster/testkit/stored-records';
import { afterEach, beforeEach, expect, test } from 'vitest';

let data: string;
let ingest: IngestProcess;
let syslogPort = 0;
beforeEach(async () => {
  data = await mkdtemp(path.join(os.tmpdir(), 'ingest-deaths-'));
  await prepareData(data);
  const [syslog = 0, metricsPort = 0] = await freePorts(2);
  syslogPort = syslog;
  ingest = await startIngest({ data, syslogPort, metricsPort });
});
afterEach(async () => {
  await ingest.kill().catch(() => undefined);
  await rm(data, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
});

/** Datagrams and lines over connections that end with their worker, from three addresses, until told to stop. */
function load(): { stop(): Promise<void> } {
  let going = true;
  const udp = dgram.createSocket('udp4');
  const datagrams = (async () => {
    for (let sent = 0; going; sent++) {
      udp.send(`<134>datagram ${sent}`, syslogPort, '127.0.0.1');
      if (sent % 5 === 0) await delay(5);
    }
    udp.close();
  })();
  const connections = ['127.0.0.2', '127.0.0.3'].map(async (localAddress) => {
    while (going) {
      const socket = net.connect({ port: syslogPort, host: '127.0.0.1', localAddress });
      // A worker that dies resets it; the next one takes the next connection.
      socket.on('error', () => undefined);
      const closed = new Promise((resolve) => socket.on('close', resolve));
      for (let sent = 0; going && !socket.destroyed; sent++) {
        socket.write(`<134>${'x'.repeat(300)} line ${sent}\n`.repeat(5));
        await delay(5);
      }
      socket.end();
      await closed;
    }
  });
  return {
    async stop() {
      going = false;
      await Promise.all([datagrams, ...connections]);
    },
  };
}

/** A child of ingest. */
function pidOf(what: 'worker' | 'processor'): number {
  const children = processTree(ingest.pid).filter(({ pid }) => pid !== ingest.pid);
  const worker = (command: string) => / worker$/.test(command.trim());
  const found = children.find(({ command }) => worker(command) === (what === 'worker'));
  if (found === undefined) throw new Error(`ingest has no ${what}`);
  return found.pid;
}

const PATIENT = { timeout: 60_000, interval: 250 };
const storedIds = async () => new Set((await indexedEvents(data)).map((event) => event['logmaster.record.id']));
const dropped = (state: PipelineState) => Object.values(state.dropped).reduce((sum, records) => sum + records, 0);

test('worker and processor are killed under load: every sum holds at every moment, and the end is what is stored', async () => {
  const running = load();
  const looks: PipelineState[] = [];
  let looking = true;
  const looked = (async () => {
    for (; looking; await delay(100)) looks.push(await ingest.pipeline());
  })();
  for (const victim of ['worker', 'processor', 'worker'] as const) {
    const { journaled } = await ingest.pipeline();
    await untilPipeline(ingest, (state) => state.journaled > journaled + 300 && state.workers?.listening === 1);
    process.kill(pidOf(victim), 'SIGKILL');
  }
  await untilPipeline(ingest, (state) => state.workers?.listening === 1 && state.workers.restarts === 2);
  await running.stop();
  await untilPipeline(ingest, quiet());
  await expect
    .poll(async () => {
      const { pending, journaled } = await ingest.pipeline();
      return [pending, journaled - (await storedIds()).size];
    }, PATIENT)
    .toEqual([0, 0]);
  const end = await ingest.pipeline();
  looking = false;
  await looked;
  for (const state of looks) {
    expect(state.seen).toBe(state.journaled + dropped(state));
    expect(state.journaled).toBe(state.indexed + state.quarantined + state.pending);
  }
  const told = looks.map(({ journaled }) => journaled);
  expect(told).toEqual(told.toSorted((a, b) => a - b));
  expect(end.identities).toMatchObject({ broken: [], breaks: 0 });
  expect(end.sources.map(({ address }) => address)).toEqual(
    expect.arrayContaining(['127.0.0.1', '127.0.0.2', '127.0.0.3']),
  );
  // What is stored is what was counted, although nobody told the numbers of the last moments of the dead.
  await ingest.stop();
  expect((await storedIds()).size).toBe(end.journaled);
});
