import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { dataLayout } from '@logmaster/core/config/data-layout';
import type { SiteMapping } from '@logmaster/core/devices';
import { dayFolder } from '@logmaster/core/evidence/manifest';
import { UNASSIGNED_SITE } from '@logmaster/core/names';
import { FULL_SCOPE } from '@logmaster/core/scope';
import { dayStart, MICROS_PER_DAY, utcDay } from '@logmaster/core/time';
import { openDuckDbWriter } from '@logmaster/search/open';
import { decodeRecordLine } from '@logmaster/signing/record-line';
import { verifyPath } from '@logmaster/signing/verify/verify';
import { createLogger } from '@logmaster/telemetry/logger';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { CRASH_POINTS, type CrashPoint } from '../fault.ts';
import type { JournalSource } from '../journal/decode.ts';
import { JournalWriter } from '../journal/writer.ts';
import { lock } from '../lock.ts';
import { SegmentLayout } from '../segments/layout.ts';
import { readLines } from '../segments/zstd-frames.ts';
import type { CrashOrder } from '../testing/crash-child.ts';
import { placeKeys } from '../testing/place-keys.ts';

/** In the future: the local TSA's certificate begins today. */
const DAY = utcDay((Date.now() + 2 * 86_400_000) * 1000);
const MIDNIGHT = dayStart(DAY) + MICROS_PER_DAY;
const RECORDS = 300;
const STREAM = 'node1.w0';
const SOURCES: JournalSource[] = [
  { transport: 'tcp', address: '10.1.0.1', port: 40_000 },
  { transport: 'udp', address: '10.2.0.1', port: 514 },
  { transport: 'udp', address: '198.51.100.7', port: 514 },
];
const MAPPING: SiteMapping = {
  version: 4,
  sites: [
    { id: 'istanbul', name: 'İstanbul', timeZone: 'Europe/Istanbul' },
    { id: 'silent', name: 'Silent', timeZone: 'Europe/Istanbul' },
  ],
  devices: [
    { id: 'd1', name: 'fw-ist', address: '10.1.0.1', siteId: 'istanbul' },
    { id: 'd2', name: 'fw-ist-2', address: '10.2.0.1', siteId: 'istanbul' },
  ],
};

let data: string;
let children: ChildProcess[] = [];
beforeEach(async () => {
  data = await mkdtemp(path.join(os.tmpdir(), 'pipeline-crash-'));
  await placeKeys(dataLayout(data));
});
afterEach(async () => {
  for (const child of children) child.kill('SIGKILL');
  children = [];
  await rm(data, { recursive: true, force: true });
});

/** A stream that crosses midnight: 2 s before, 2 s after, in several blocks; its writer is gone afterwards. */
async function writeJournal(): Promise<number> {
  let now = MIDNIGHT - 2_000_000;
  const journal = new JournalWriter({
    folder: path.join(dataLayout(data).journal, STREAM),
    clock: () => now,
    accountingMs: 3_600_000,
    accounting: () => ({
      sources: {
        '10.2.0.1': { seen: 12, journaled: 5, dropped: { backpressure: 7 } },
        // Nobody knows whose datagrams the kernel dropped.
        unknown: { seen: 9, journaled: 0, dropped: { 'kernel-buffer-full': 9 } },
      },
      unusual: {},
    }),
  });
  await journal.start();
  for (let i = 0; i < RECORDS; i++) {
    now += 4_000_000 / RECORDS;
    journal.append(SOURCES[i % 3] as JournalSource, Buffer.from(`<134>number=${i} text="with\ttab and \\ slash"`), 0);
    if (i % 20 === 19) await journal.commit();
  }
  await journal.stop();
  await writeFile(path.join(dataLayout(data).journal, 'site-mapping.json'), JSON.stringify(MAPPING));
  return now;
}

async function run(order: CrashOrder): Promise<{ code: number | null; signal: string | null; stderr: string }> {
  const script = path.join(import.meta.dirname, '..', 'testing', 'crash-child.ts');
  const spawned = spawn(process.execPath, [script, JSON.stringify(order)], { stdio: ['ignore', 'ignore', 'pipe'] });
  children.push(spawned);
  let stderr = '';
  spawned.stderr.setEncoding('utf8').on('data', (text) => {
    stderr += text;
  });
  const [code, signal] = (await once(spawned, 'close')) as [number | null, string | null];
  return { code, signal, stderr };
}

/** Every record of the data folder's archive and open segments, in the order of the files. */
async function evidence(): Promise<{ id: string; number: number; site: string }[]> {
  const layout = dataLayout(data);
  const found: { id: string; number: number; site: string }[] = [];
  for (const root of [layout.archive, layout.segments]) {
    for (const name of (await readdir(root, { recursive: true })).sort()) {
      if (!/(records\.log|\.open)\.zst$/.test(name)) continue;
      const file = path.join(root, name);
      for await (const line of readLines(file, (await readFile(file)).length)) {
        const record = decodeRecordLine(Buffer.from(line));
        const number = Number(/number=(\d+)/.exec(record.raw.toString())?.[1]);
        found.push({ id: record.id, number, site: name.split(path.sep)[0] as string });
      }
    }
  }
  return found;
}

const SEGMENTS = ['istanbul', 'silent', 'unassigned'].map((site) => `${dayFolder(site, DAY)}/node1/seal.tsr`);
/** The second occurrence of what happens often, so that there is something before it. */
const OFTEN = new Set<CrashPoint>(['segment-flushed', 'plan-written', 'folder-sealed', 'chain-written', 'published']);

/** Every record is once in the evidence and once in the index, filed alike, and the archive verifies. */
async function expectLedger(): Promise<void> {
  const records = await evidence();
  expect(records.map(({ number }) => number).sort((a, b) => a - b)).toEqual(
    Array.from({ length: RECORDS }, (_, i) => i),
  );
  for (const { number, site } of records) expect(site).toBe(number % 3 === 2 ? 'unassigned' : 'istanbul');

  const layout = dataLayout(data);
  const report = await verifyPath(layout.archive, {
    tsaAnchors: [await readFile(layout.tsaCa, 'utf8')],
    pinnedSigners: [],
  });
  expect(report.findings.filter(({ severity }) => severity === 'failure')).toEqual([]);
  expect(report.checked.days).toBe(3);

  const store = openDuckDbWriter({
    indexDir: layout.index,
    memoryMb: 128,
    threads: 1,
    logger: createLogger('t', 'silent'),
  });
  await store.start();
  const page = await store.search({ text: '', scope: FULL_SCOPE }, { size: 1000 });
  expect(await store.count({ text: '', scope: FULL_SCOPE })).toBe(RECORDS);
  await store.stop();
  expect(page.events.map((event) => event['logmaster.record.id']).sort()).toEqual(records.map(({ id }) => id).sort());
  const device = page.events.find((event) => event['log.source.address'] === '10.1.0.1');
  expect(device).toMatchObject({
    'logmaster.device.id': 'd1',
    'observer.name': 'fw-ist',
    'logmaster.site.id': 'istanbul',
  });
}

test.each(CRASH_POINTS)('SIGKILL at %s: every record is once in the evidence and once in the index', async (point) => {
  const end = await writeJournal();
  const done = { stream: STREAM, journal: 1, sequence: RECORDS, paths: SEGMENTS };
  const order: CrashOrder = { data, clock: end + 3_000_000, mapping: MAPPING, done };
  const killed = await run({ ...order, crashAt: { point, occurrence: OFTEN.has(point) ? 2 : 1 } });
  expect(killed, killed.stderr).toMatchObject({ signal: 'SIGKILL' });
  const finished = await run({ ...order, clock: end + 30_000_000 });
  expect(finished, finished.stderr).toMatchObject({ code: 0 });

  await expectLedger();
});

test('what was dropped stands in the manifests, once', async () => {
  const end = await writeJournal();
  const done = { stream: STREAM, journal: 1, sequence: RECORDS, paths: SEGMENTS };
  const finished = await run({ data, clock: end + 3_000_000, mapping: MAPPING, done });
  expect(finished, finished.stderr).toMatchObject({ code: 0 });
  const manifestsOf = async (site: string) => {
    const folder = path.join(dataLayout(data).archive, dayFolder(site, DAY), 'node1');
    const lines = await readFile(path.join(folder, 'segments.jsonl'), 'utf8');
    return lines
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(Buffer.from(JSON.parse(line).manifest, 'base64').toString()));
  };
  const kernel = (await manifestsOf(UNASSIGNED_SITE)).map(({ sources }) => sources.unknown).filter(Boolean);
  expect(kernel).toEqual([{ seen: 9, journaled: 0, dropped: { 'kernel-buffer-full': 9 } }]);
  const accounts = await manifestsOf('istanbul');
  const dropped = accounts.map((manifest) => manifest.sources['10.2.0.1']?.dropped.backpressure ?? 0);
  // The accounting block at the writer's start lies in the first period; the one at its end on the next day.
  expect(dropped.reduce((a: number, b: number) => a + b, 0)).toBe(7);
  for (const manifest of accounts) {
    const sources = Object.values(
      manifest.sources as Record<string, { seen: number; journaled: number; dropped: object }>,
    );
    expect(sources.reduce((sum, source) => sum + source.journaled, 0)).toBe(manifest.records.count);
  }
});

const SEALER_POINTS: CrashPoint[] = [
  'records-moved',
  'folder-sealed',
  'folder-renamed',
  'chain-written',
  'published',
  'stamped',
  'plan-removed',
  'day-built',
  'day-sealed',
  'day-published',
  'day-announced',
  'day-cleaned',
  'day-chained',
];

test('the sealer is killed at each of its points in turn while the processor goes on', async () => {
  const end = await writeJournal();
  const done = { stream: STREAM, journal: 1, sequence: RECORDS, paths: SEGMENTS };
  const order: CrashOrder = { data, clock: end + 30_000_000, mapping: MAPPING, done };
  const processor = run({ ...order, role: 'processor' });
  for (const point of SEALER_POINTS) {
    // No day is packed before its own points come: a life that waits for another point would pack it all.
    const packMs = point.startsWith('day-') ? 200 : 3_600_000;
    const killed = await run({ ...order, role: 'sealer', packMs, crashAt: { point, occurrence: 1 } });
    expect(killed, `${point} ${killed.stderr}`).toMatchObject({ signal: 'SIGKILL' });
  }
  const sealer = await run({ ...order, role: 'sealer' });
  expect(sealer, sealer.stderr).toMatchObject({ code: 0 });
  const finished = await processor;
  expect(finished, finished.stderr).toMatchObject({ code: 0 });
  await expectLedger();
});

const PROCESSOR_POINTS: CrashPoint[] = [
  'segment-flushed',
  'checkpoint-written',
  'segment-finished',
  'plan-written',
  'index-written',
  'day-indexed',
];

test('the processor is killed at each of its points in turn while the sealer goes on', async () => {
  const end = await writeJournal();
  const done = { stream: STREAM, journal: 1, sequence: RECORDS, paths: SEGMENTS };
  const order: CrashOrder = { data, clock: end + 30_000_000, mapping: MAPPING, done };
  const sealer = run({ ...order, role: 'sealer' });
  for (const point of PROCESSOR_POINTS) {
    const killed = await run({ ...order, role: 'processor', crashAt: { point, occurrence: 1 } });
    expect(killed, `${point} ${killed.stderr}`).toMatchObject({ signal: 'SIGKILL' });
  }
  const processor = await run({ ...order, role: 'processor' });
  expect(processor, processor.stderr).toMatchObject({ code: 0 });
  const finished = await sealer;
  expect(finished, finished.stderr).toMatchObject({ code: 0 });
  await expectLedger();
});

test('a second sealer or processor of the node is refused and told which lock is held', async () => {
  const layout = new SegmentLayout(dataLayout(data).segments);
  const held = [lock(layout.sealerLock), lock(layout.processorLock)];
  const order = {
    data,
    clock: MIDNIGHT,
    mapping: MAPPING,
    done: { stream: STREAM, journal: 1, sequence: 1, paths: [] },
  };
  const refused = await Promise.all([run({ ...order, role: 'sealer' }), run({ ...order, role: 'processor' })]);
  for (const one of held) one.release();
  expect(refused.map(({ code }) => code)).toEqual([1, 1]);
  expect(refused[0]?.stderr).toMatch(/Another LogMaster is running.*sealer\.lock/);
  expect(refused[1]?.stderr).toMatch(/Another LogMaster is running.*processor\.lock/);
});
