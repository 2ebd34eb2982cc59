import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { FULL_SCOPE } from '@logmaster/core/scope';
import { createLogger } from '@logmaster/telemetry/logger';
import { expect, onTestFinished, test } from 'vitest';
import { makeBatch, makeEvent } from '../conformance/events.ts';
import { openDuckDbWriter } from '../open.ts';
import { Snapshots } from './catalogue/snapshot.ts';
import { isAlive } from './process-alive.ts';
import { DuckDbReader, type ReaderOptions } from './reader.ts';
import { temporaryIndex } from './test-index.ts';

const hostModule = fileURLToPath(new URL('./host.ts', import.meta.url));
const logger = createLogger('test', 'fatal');
const everything = { text: '', scope: FULL_SCOPE };
/** Minutes of work: five rounds of all rows against all rows are not needed, a heavy pattern over many rows is. */
const slow = { ...everything, text: Array.from({ length: 60 }, (_, index) => `*a*b*c${index}*d*`).join(' OR ') };

async function setUp(more: Partial<ReaderOptions> = {}) {
  const indexDir = await temporaryIndex();
  const writer = openDuckDbWriter({ indexDir, memoryMb: 128, threads: 1, logger });
  await writer.start();
  onTestFinished(() => writer.stop());
  const filler = 'abc '.repeat(500);
  await writer.write(
    makeBatch(
      Array.from({ length: 20_000 }, (_, index) => makeEvent(index, { message: `${filler}${index}` })),
      0,
    ),
  );
  const reader = new DuckDbReader({ indexDir, memoryMb: 256, hostModule, logger, ...more });
  await reader.start();
  onTestFinished(() => reader.stop());
  return { indexDir, writer, reader };
}

test('a host that dies fails what it was doing, and the next search has a new one', async () => {
  const { reader } = await setUp();
  const first = reader.hostPid as number;
  const running = reader.count(slow);
  process.kill(first, 'SIGKILL');
  await expect(running).rejects.toMatchObject({ code: 'SEARCH_UNAVAILABLE' });
  expect(await reader.count(everything)).toBe(20_000);
  expect(reader.hostPid).not.toBe(first);
});

test('a search that takes too long is stopped, and the host goes on', async () => {
  const { reader } = await setUp({ timeLimitMs: 150 });
  const pid = reader.hostPid;
  await expect(reader.count(slow)).rejects.toMatchObject({ code: 'SEARCH_TIMEOUT' });
  // A busy machine may need longer than this limit for anything.
  await expect.poll(() => reader.count({ ...everything, to: 0 })).toBe(0);
  expect(reader.hostPid).toBe(pid);
});

test('cancelling stops the engine, frees its slot and its lease', async () => {
  const { indexDir, reader } = await setUp({ concurrency: 1 });
  const snapshots = new Snapshots(indexDir);
  onTestFinished(() => snapshots.close());
  const leases = () => Number(snapshots.database?.prepare('SELECT count(*) AS n FROM lease').get()?.n);
  const controller = new AbortController();
  const running = reader.count(slow, { signal: controller.signal });
  await expect.poll(leases).toBe(1);
  const waiting = reader.count(everything);
  controller.abort();
  await expect(running).rejects.toMatchObject({ code: 'SEARCH_CANCELLED' });
  expect(await waiting).toBe(20_000);
  await expect.poll(leases).toBe(0);
});

test('more searches than may wait are refused, not kept', async () => {
  const { reader } = await setUp({ concurrency: 1, queue: 1 });
  const controller = new AbortController();
  const { signal } = controller;
  const running = Array.from({ length: 4 }, () =>
    reader.count(slow, { signal }).catch((error: { code: string }) => error.code),
  );
  expect(await Promise.race(running)).toBe('SEARCH_UNAVAILABLE');
  controller.abort();
  expect((await Promise.all(running)).sort()).toEqual([
    'SEARCH_CANCELLED',
    'SEARCH_CANCELLED',
    'SEARCH_UNAVAILABLE',
    'SEARCH_UNAVAILABLE',
  ]);
});

test('the lease of a reader that was killed does not hold files for ever', async () => {
  const { indexDir, writer, reader } = await setUp();
  const pid = reader.hostPid as number;
  const running = reader.count(slow);
  const snapshots = new Snapshots(indexDir);
  onTestFinished(() => snapshots.close());
  const leases = () => Number(snapshots.database?.prepare('SELECT count(*) AS n FROM lease').get()?.n);
  await expect.poll(leases).toBe(1);
  process.kill(pid, 'SIGKILL');
  await expect(running).rejects.toMatchObject({ code: 'SEARCH_UNAVAILABLE' });
  await expect.poll(() => isAlive(pid)).toBe(false);
  // every write looks for files to merge and to remove
  await writer.write(makeBatch([makeEvent(20_000)], 20_000));
  await expect.poll(leases).toBe(0);
});

test('the host ends when its parent does', async () => {
  const parent = fork(
    fileURLToPath(new URL('./test-parent.ts', import.meta.url)),
    [hostModule, await temporaryIndex()],
    { serialization: 'json' },
  );
  const [pid] = (await once(parent, 'message')) as [number];
  expect(isAlive(pid)).toBe(true);
  parent.kill('SIGKILL');
  await expect.poll(() => isAlive(pid)).toBe(false);
});

test('an index nobody has written yet is empty, and a reader does not write', async () => {
  const reader = new DuckDbReader({ indexDir: await temporaryIndex(), memoryMb: 128, hostModule, logger });
  onTestFinished(() => reader.stop());
  expect(await reader.count(everything)).toBe(0);
  expect(await reader.position('node1.0')).toBeNull();
  expect(await reader.health()).toMatchObject({ state: 'ok' });
  await expect(reader.write()).rejects.toMatchObject({ code: 'INTERNAL' });
});
