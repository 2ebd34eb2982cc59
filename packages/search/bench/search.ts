import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { FlatEvent } from '@logmaster/core/event/event';
import { FULL_SCOPE } from '@logmaster/core/scope';
import { createLogger } from '@logmaster/telemetry/logger';
import { openDuckDbReader, openDuckDbWriter } from '../src/open.ts';
import type { SearchStore } from '../src/store.ts';
import { DAY_START, makeTraffic } from './traffic.ts';

export interface BenchResult {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** In words, e.g. `<= 300`; empty when there is none. */
  readonly goal: string;
  readonly holds: boolean | null;
}

export interface SearchBenchOptions {
  readonly records: number;
  readonly seed: number;
  /** Records in one write. */
  readonly batch: number;
  /** Runs per query; the median counts, the first (cold) is told apart. */
  readonly runs: number;
}

const FIRST_PAGE_GOAL_MS = 300;
const WRITE_GOAL = 20_000;
const DAY = { from: DAY_START - 10_000_000, to: DAY_START + 86_400_000_000 };
const hostModule = fileURLToPath(new URL('../src/duckdb/host.ts', import.meta.url));

const PAGES: readonly (readonly [name: string, text: string])[] = [
  ['everything', ''],
  ['event.type:denied AND source.ip:10.0.0.0/8', 'event.type:denied AND source.ip:10.0.0.0/8'],
  ['odd network source.ip:10.2.16.0/21', 'source.ip:10.2.16.0/21'],
  ['common word https', 'https'],
  ['Turkish word ayşe.yilmaz', 'ayşe.yilmaz'],
  ['address as a word 10.3.31.249', '10.3.31.249'],
  ['needle CVE-2026-31337', 'CVE-2026-31337'],
  ['nothing found', 'zzzznothing'],
];

const median = (values: number[]) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] as number;

async function time(runs: number, work: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let run = 0; run < runs; run++) {
    const started = performance.now();
    await work();
    times.push(performance.now() - started);
  }
  return median(times);
}

async function fill(store: SearchStore, { records, seed, batch }: SearchBenchOptions): Promise<number> {
  let spent = 0;
  let events: FlatEvent[] = [];
  let from = 0;
  const flush = async () => {
    const to = from + events.length;
    const started = performance.now();
    await store.write({
      stream: 'bench.0',
      from: { journal: 1, sequence: from },
      to: { journal: 1, sequence: to },
      events,
    });
    spent += performance.now() - started;
    from = to;
    events = [];
  };
  for (const event of makeTraffic(records, seed)) {
    events.push(event);
    if (events.length === batch) await flush();
  }
  if (events.length > 0) await flush();
  return spent;
}

/** Writes a day of traffic and measures what a web server would: through the host process, merging still going on. */
export async function runSearchBench(options: SearchBenchOptions): Promise<BenchResult[]> {
  const indexDir = await mkdtemp(path.join(os.tmpdir(), 'search-bench-'));
  const logger = createLogger('bench', 'error');
  const writer = openDuckDbWriter({ indexDir, memoryMb: 256, threads: 1, logger });
  const reader = openDuckDbReader({ indexDir, memoryMb: 512, hostModule, logger });
  const results: BenchResult[] = [];
  const add = (name: string, value: number, unit: string, limit?: { at: number; most: boolean }) => {
    const holds = limit ? (limit.most ? value <= limit.at : value >= limit.at) : null;
    results.push({
      name,
      value: Math.round(value * 10) / 10,
      unit,
      goal: limit ? `${limit.most ? '<=' : '>='} ${limit.at}` : '',
      holds,
    });
  };
  try {
    await writer.start();
    const cpu = process.cpuUsage();
    const spent = await fill(writer, options);
    const used = process.cpuUsage(cpu);
    add(`write, batches of ${options.batch}`, options.records / (spent / 1000), 'records/s', {
      at: WRITE_GOAL,
      most: false,
    });
    add('write, CPU of generating, writing and merging', (used.user + used.system) / options.records, 'µs/record');
    await reader.start();
    const limit = { at: FIRST_PAGE_GOAL_MS, most: true };
    const page = (text: string) => reader.search({ text, scope: FULL_SCOPE, ...DAY }, { size: 50 });
    add('first page, cold host', await time(1, () => page('')), 'ms', limit);
    for (const [name, text] of PAGES)
      add(`first page: ${name}`, await time(options.runs, () => page(text)), 'ms', limit);
    const denied = { text: 'event.type:denied', scope: FULL_SCOPE, ...DAY };
    add('count: event.type:denied', await time(options.runs, () => reader.count(denied)), 'ms');
    add('count: common word https', await time(options.runs, () => reader.count({ ...denied, text: 'https' })), 'ms');
    const all = { ...denied, text: '' };
    add(
      'histogram: 96 buckets by event.type',
      await time(options.runs, () => reader.histogram(all, { buckets: 96, stackBy: 'event.type' })),
      'ms',
    );
    add('top 10 source.ip', await time(options.runs, () => reader.topValues(all, 'source.ip', 10)), 'ms');
    add('top 10 of a label', await time(options.runs, () => reader.topValues(all, 'labels.fortinet.vd', 10)), 'ms');
    const middle = `bench.0.1.${Math.floor(options.records / 2)}`;
    add('one record by id', await time(options.runs, () => reader.get(middle, FULL_SCOPE)), 'ms');
    const masked = { ...all, text: 'needle', scope: { ...FULL_SCOPE, maskedFields: ['user.name'] } };
    add(
      'first page with a masked field, nothing found',
      await time(1, () => reader.search(masked, { size: 50 })),
      'ms',
    );
    add('memory of this process', process.memoryUsage.rss() / 1_048_576, 'MiB');
    return results;
  } finally {
    await reader.stop();
    await writer.stop();
    await rm(indexDir, { recursive: true, force: true });
  }
}

export default function run(): Promise<BenchResult[]> {
  return runSearchBench({ records: 1_000_000, seed: 5651, batch: 5000, runs: 5 });
}
