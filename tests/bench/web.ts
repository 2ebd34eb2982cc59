import { setTimeout as delay } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { get, pipeline, search } from '@logmaster/testkit/api';
import { logmaster } from '@logmaster/testkit/cli';
import { changeFirstPassword } from '@logmaster/testkit/first-sign-in';
import { remove, type Stack, startStack } from '@logmaster/testkit/stack';
import { numberedLines, sendLines } from '@logmaster/testkit/syslog-sender';
import { atMost, type BenchResult, quantile, reported } from './result.ts';

const RECORDS = 20_000;
const REQUESTS = 50;
/** What start-up allocated is given back by then. */
const SETTLE_MS = 30_000;
const MIB = 2 ** 20;

/** Median and 95th percentile, ms, of requests made one after another. */
async function timed(name: string, request: () => Promise<Response>): Promise<BenchResult[]> {
  const times: number[] = [];
  for (let n = 0; n < REQUESTS; n++) {
    const began = performance.now();
    const response = await request();
    await response.arrayBuffer();
    if (!response.ok) throw new Error(`${name}: status ${response.status}`);
    times.push(performance.now() - began);
  }
  return [
    reported(`${name}, median`, quantile(times, 0.5), 'ms'),
    reported(`${name}, 95 %`, quantile(times, 0.95), 'ms'),
  ];
}

/** Size of the scripts a page names in its HTML, compressed as the server does it. */
async function scriptBytes(stack: Stack, path: string): Promise<number> {
  const html = await (await get(stack, path)).text();
  // Scripts marked nomodule are for browsers of ten years ago: today's don't load them.
  const tags = (html.match(/<script[^>]+src="[^"]+"[^>]*>/g) ?? []).filter((tag) => !/nomodule/i.test(tag));
  const sources = new Set(tags.map((tag) => /src="([^"]+)"/.exec(tag)?.[1] ?? ''));
  if (sources.size === 0) throw new Error(`${path} names no scripts`);
  let bytes = 0;
  for (const source of sources) bytes += gzipSync(Buffer.from(await (await get(stack, source)).arrayBuffer())).length;
  return bytes;
}

/** Which part of the installation a process belongs to, by its command line. */
const PARTS: readonly (readonly [name: string, command: RegExp])[] = [
  ['npm and launcher', /^npm |scripts\/start\.mjs/],
  ['supervisor', /apps\/cli\/src\/main\.ts/],
  ['ingest, both processes', /apps\/ingest/],
  ['web', /^next-server|next\/dist/],
  ['search host', /packages\/search/],
  ['PostgreSQL', /postgres/],
];

/** The first that fits: options name other parts, as `--postgres-port` does. */
function partOf(command: string): string | undefined {
  return PARTS.find(([, pattern]) => pattern.test(command))?.[0];
}

/** Proportional: shared pages are divided among those who share them, so that the sum is what is really taken. */
function memory(stack: Stack, when: string): BenchResult[] {
  const tree = stack.processes();
  const sum = (pick: 'residentBytes' | 'proportionalBytes', part?: string) =>
    tree.filter((one) => !part || partOf(one.command) === part).reduce((total, one) => total + one[pick], 0) / MIB;
  return [
    atMost(`resident memory of all ${tree.length} processes, ${when}`, sum('proportionalBytes'), 'MiB', 800),
    ...PARTS.map(([name]) => reported(`  ${name}`, sum('proportionalBytes', name), 'MiB')),
    reported('  the sum as ps shows it, shared pages counted in each process', sum('residentBytes'), 'MiB'),
  ];
}

async function untilIndexed(stack: Stack, count: number): Promise<void> {
  while ((await pipeline(stack)).indexed < count) await delay(100);
}

async function measure(stack: Stack): Promise<BenchResult[]> {
  const results: BenchResult[] = [];
  await delay(SETTLE_MS);
  results.push(...memory(stack, 'idle after start'));
  await changeFirstPassword(stack, 'correct horse battery staple');
  const token = (
    await logmaster(['token', 'create', '--user', 'admin', '--name', 'bench', '--data', stack.data])
  ).stdout.trim();
  await sendLines(stack.ports.syslog, numberedLines('bench', RECORDS));
  await untilIndexed(stack, RECORDS);
  const { total } = await search(stack, token, { q: 'bench' });
  if (total.value !== RECORDS) throw new Error(`${total.value} records found, ${RECORDS} sent`);
  results.push(...(await timed('sign-in page', () => get(stack, '/sign-in'))));
  results.push(...(await timed('health', () => get(stack, '/api/v1/health', token))));
  results.push(
    ...(await timed(`search of ${RECORDS} records, 50 a page`, () => get(stack, '/api/v1/search?q=bench', token))),
  );
  results.push(
    atMost('scripts of the sign-in page, compressed', (await scriptBytes(stack, '/sign-in')) / 1_000, 'kB', 250),
  );
  await delay(SETTLE_MS);
  results.push(...memory(stack, 'idle after use'));
  return results;
}

/** The web and the memory of the whole installation, as `npm start` runs it. */
export default async function run(): Promise<BenchResult[]> {
  const began = performance.now();
  const stack = await startStack();
  const ready = reported('npm start until ready, empty data folder', (performance.now() - began) / 1_000, 's');
  try {
    return [ready, ...(await measure(stack))];
  } finally {
    await stack.stop();
    await remove(stack.data);
  }
}
