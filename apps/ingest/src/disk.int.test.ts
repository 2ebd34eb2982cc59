import { type ChildProcess, spawn } from 'node:child_process';
import dgram from 'node:dgram';
import { once } from 'node:events';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { DiskStep } from '@logmaster/core/api/disk';
import { type Health, healthSchema, type PipelineState, pipelineStateSchema } from '@logmaster/core/api/health';
import { type DataLayout, dataLayout } from '@logmaster/core/config/data-layout';
import { FULL_SCOPE } from '@logmaster/core/scope';
import { openDuckDbReader } from '@logmaster/search/open';
import { verifyPath } from '@logmaster/signing/verify/verify';
import { createLogger } from '@logmaster/telemetry/logger';
import { type Ballast, placeBallast } from '@logmaster/testkit/faults/ballast';
import { fillDisk } from '@logmaster/testkit/faults/full-disk';
import { freePorts } from '@logmaster/testkit/free-ports';
import { type Keeper, openKeeper } from '@logmaster/testkit/keeper/keeper';
import { createLedgerSender, type LedgerSender, ledgerMark } from '@logmaster/testkit/ledger-sender';
import { archivedRecords, indexedEvents } from '@logmaster/testkit/stored-records';
import { afterAll, beforeAll, expect, test } from 'vitest';

const MIB = 1024 * 1024;
/** The low mark is a quarter of it: 24 MiB, steps at 24, 18, 12, 6 and 3. The reserve has 6. */
const DISK_BYTES = 96 * MIB;
const DATAGRAMS = 50;

let keeper: Keeper;
let mount: string;
let layout: DataLayout;
let child: ChildProcess;
let log = '';
let syslog = 0;
let metrics = 0;

// A disk that can be filled needs root.
const asRoot = test.runIf(process.getuid?.() === 0);

beforeAll(async () => {
  if (process.getuid?.() !== 0) return;
  keeper = await openKeeper('test-disk');
  mount = await keeper.mountSmallDisk('small', DISK_BYTES);
  layout = dataLayout(path.join(mount, 'data'));
  [syslog = 0, metrics = 0] = await freePorts(2);
});
afterAll(async () => {
  child?.kill('SIGKILL');
  if (child && child.exitCode === null && child.signalCode === null) await once(child, 'close');
  await keeper?.close();
});

async function start(): Promise<void> {
  child = spawn(process.execPath, [path.join(import.meta.dirname, 'main.ts')], {
    env: {
      PATH: process.env.PATH,
      NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE,
      LOGMASTER_DATA_DIR: layout.root,
      LOGMASTER_SYSLOG_HOST: '127.0.0.1',
      LOGMASTER_SYSLOG_PORT: String(syslog),
      LOGMASTER_METRICS_PORT: String(metrics),
      LOGMASTER_SEGMENT_SECONDS: '2',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  child.stderr?.setEncoding('utf8').on('data', (chunk) => {
    log += chunk;
  });
  await once(child.stdout as NodeJS.ReadableStream, 'data');
}

async function get(what: string): Promise<Response> {
  return fetch(`http://127.0.0.1:${metrics}/${what}`);
}
const pipeline = async (): Promise<PipelineState> => pipelineStateSchema.parse(await (await get('pipeline')).json());
const part = async (name: string): Promise<Health['parts'][number] | undefined> =>
  healthSchema.parse(await (await get('health')).json()).parts.find((one) => one.name === name);
const eventually = <T>(read: () => T) => expect.poll(read, { timeout: 60_000, interval: 50 });
const step = async () => (await pipeline()).disk?.step;

/** Steps in the order in which they were entered, or left. */
function steps(event: 'disk_step_entered' | 'disk_step_left'): DiskStep[] {
  return log
    .split('\n')
    .filter((line) => line.includes(`"${event}"`))
    .map((line) => (JSON.parse(line) as { step: DiskStep }).step);
}

async function sendDatagrams(): Promise<void> {
  const socket = dgram.createSocket('udp4');
  for (let i = 0; i < DATAGRAMS; i++)
    await new Promise((resolve) => socket.send(`<134>datagram ${i}`, syslog, '127.0.0.1', resolve));
  socket.close();
}

/** Keeps the disk so full until that is noticed: what the product removes meanwhile (journal, merged index) gives room. */
async function fillUntil(ballast: Ballast, free: number, code: string): Promise<void> {
  await eventually(async () => {
    await ballast.leaveFree(free);
    return (await part('disk'))?.code;
  }).toBe(code);
}

async function archivedTexts(): Promise<string[]> {
  const raws: string[] = [];
  for await (const { raw } of archivedRecords(layout.root)) raws.push(raw.toString());
  return raws;
}

const sender = (seed: number): LedgerSender =>
  createLedgerSender({ host: '127.0.0.1', port: syslog, connections: 3, recordsPerSecond: 2000, seed });

/** Of each connection's records in a store, how many times each is there. */
function tally(raws: Iterable<string>): Map<string, number> {
  const found = new Map<string, number>();
  for (const raw of raws) {
    const mark = ledgerMark(raw);
    if (mark) found.set(`${mark.connection} ${mark.number}`, (found.get(`${mark.connection} ${mark.number}`) ?? 0) + 1);
  }
  return found;
}

asRoot(
  'a disk that fills gives up room in order, and takes all of it back; nothing stored is lost',
  async () => {
    await start();
    const ballast = await placeBallast(mount);
    await eventually(async () => (await pipeline()).disk?.file_systems[0]?.reserve_bytes).toBe(6 * MIB);
    const before = sender(1);
    await before.start();
    await eventually(async () => (await pipeline()).journaled).toBeGreaterThan(3000);
    await before.stop();
    const sealed = async () => {
      const { journaled, sealed, indexed } = await pipeline();
      // A seal is counted before it is in the archive; what has its time-stamp is there.
      if (sealed.records !== journaled || sealed.unstamped !== 0 || indexed !== journaled) return false;
      // A sealer that has just started knows of none that lacks its time-stamp.
      return (await archivedTexts()).length === journaled;
    };
    await eventually(sealed).toBe(true);
    for (const folder of [layout.exports, layout.cache]) {
      await mkdir(folder, { recursive: true });
      await writeFile(path.join(folder, 'report.pdf'), 'can be made again');
    }

    await ballast.leaveFree(14 * MIB);
    await eventually(async () => (await part('disk'))?.code).toBe('DISK_RESERVE');
    await eventually(() => readdir(layout.root)).not.toContain('reserve');
    expect(await readdir(layout.exports)).toEqual(['report.pdf']);

    await fillUntil(ballast, 16 * MIB, 'DISK_CACHES');
    await eventually(() => readdir(layout.exports)).toEqual([]);
    await eventually(() => readdir(layout.cache)).toEqual([]);
    expect((await pipeline()).disk?.shed?.records).toBe(0);

    await fillUntil(ballast, 9 * MIB, 'DISK_INDEX');
    const { journaled } = await pipeline();
    await eventually(async () => (await pipeline()).disk?.shed?.records).toBe(journaled);
    const reader = openDuckDbReader({
      indexDir: layout.index,
      memoryMb: 128,
      hostModule: path.join(import.meta.dirname, '../../../packages/search/src/duckdb/host.ts'),
      logger: createLogger('test', 'silent'),
    });
    await expect(reader.count({ text: '', scope: FULL_SCOPE })).rejects.toMatchObject({ code: 'SEARCH_INCOMPLETE' });
    await reader.stop();

    await fillUntil(ballast, 5 * MIB, 'DISK_SENDERS');
    const during = sender(2);
    await during.start();
    await eventually(async () => (await pipeline()).unusual.slowed_for_disk).toBeGreaterThan(2);
    await eventually(async () => {
      await ballast.leaveFree(5 * MIB);
      return (await pipeline()).disk?.senders_bytes_per_second;
    }).toBeLessThan(100_000);
    expect((await pipeline()).dropped).toEqual({});

    // It has sent what the kernel takes, and ends when that has been read.
    const ended = during.stop();
    await fillUntil(ballast, 1 * MIB, 'DISK_DATAGRAMS');
    // The receiving worker hears of the step after the guard has told it: datagrams are sent until it drops some.
    await eventually(async () => {
      await ballast.leaveFree(1 * MIB);
      await sendDatagrams();
      return Object.keys((await pipeline()).dropped);
    }).toEqual(['disk-full']);
    const text = await (await get('metrics')).text();
    expect(text).toMatch(/^logmaster_disk_shedding_step 5$/m);
    expect(text).toMatch(/^logmaster_disk_free_bytes\{holds="data journal segments index archive"\} \d+$/m);
    // To the last byte: whatever fails now is done again later.
    const giveBack = await fillDisk(mount);
    await eventually(async () => {
      const { disk } = await pipeline();
      return [disk?.step, (disk?.file_systems[0]?.free_bytes ?? DISK_BYTES) < 64 * 1024];
    }).toEqual(['datagrams', true]);

    await giveBack();
    await ballast.remove().catch(() => undefined);
    await eventually(step).toBe('none');
    // The processor may have ended for want of room, and says nothing of the index until it is back.
    await eventually(async () => (await pipeline()).disk?.shed).toEqual({ records: 0, days: [], restoring: false });
    await eventually(async () => (await part('disk'))?.state).toBe('ok');
    await ended;
    await eventually(sealed).toBe(true);
    const state = await pipeline();
    expect(state.disk?.file_systems[0]).toMatchObject({ reserve_bytes: 6 * MIB });
    expect(state.seen).toBe(state.journaled + (state.dropped['disk-full'] ?? 0));
    // A step may be left and entered again while the product makes room: the first entry and the last exit count.
    const order: DiskStep[] = ['reserve', 'caches', 'index', 'senders', 'datagrams'];
    expect([...new Set(steps('disk_step_entered'))]).toEqual(order);
    expect([...new Set(steps('disk_step_left').reverse())]).toEqual(order);

    // Every record that was handed to the kernel is in the index and in the evidence, once.
    const sent = [...before.ledger, ...during.ledger].flatMap(({ connection, taken }) =>
      Array.from({ length: taken }, (_, index) => `${connection} ${index + 1}`),
    );
    const indexed = tally((await indexedEvents(layout.root)).map((event) => event['event.original'] ?? ''));
    const archived = tally(await archivedTexts());
    for (const store of [indexed, archived]) {
      expect(sent.filter((mark) => store.get(mark) !== 1)).toEqual([]);
      expect([...store.values()].every((times) => times === 1)).toBe(true);
    }
    const report = await verifyPath(layout.archive, {
      tsaAnchors: [await readFile(layout.tsaCa, 'utf8')],
      pinnedSigners: [],
    });
    expect(report.findings.filter(({ severity }) => severity === 'failure')).toEqual([]);
  },
  240_000,
);
