import { mkdir, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createEvents } from '@logmaster/telemetry/events';
import { createLogger } from '@logmaster/telemetry/logger';
import { createRegistry } from '@logmaster/telemetry/metrics';
import { type Ballast, placeBallast } from '@logmaster/testkit/faults/ballast';
import { type Keeper, openKeeper } from '@logmaster/testkit/keeper/keeper';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { DiskGuard } from './guard.ts';
import type { DiskOrders } from './orders.ts';

const MIB = 1024 * 1024;
/** The low mark of each is 4 MiB, the reserve 1 MiB. */
const DISK_BYTES = 16 * MIB;
const root = process.getuid?.() === 0;

const PATIENT = { timeout: 60_000 };

let keeper: Keeper;
let guard: DiskGuard;
let told: DiskOrders | undefined;
let refused = false;
const disks = { data: '', index: '', archive: '' };
const ballast: Record<keyof typeof disks, Ballast | undefined> = {
  data: undefined,
  index: undefined,
  archive: undefined,
};

beforeEach(async () => {
  if (!root) return;
  keeper = await openKeeper('test-guard');
  for (const name of ['data', 'index', 'archive'] as const) {
    disks[name] = await keeper.mountSmallDisk(name, DISK_BYTES);
    ballast[name] = await placeBallast(disks[name]);
  }
  refused = false;
  guard = new DiskGuard({
    folders: {
      data: disks.data,
      journal: path.join(disks.data, 'journal'),
      segments: path.join(disks.data, 'segments'),
      index: disks.index,
    },
    archive: disks.archive,
    disposable: [path.join(disks.data, 'exports')],
    marks: { lowBytes: undefined, reserveBytes: 64 * MIB },
    events: createEvents(createLogger('guard', 'silent'), createRegistry()),
    refused: () => refused,
    onOrders: (orders) => {
      told = orders;
    },
  });
  await mkdir(path.join(disks.data, 'exports'));
  await writeFile(path.join(disks.data, 'exports', 'report.pdf'), 'x');
  await settle();
});
afterEach(() => keeper?.close());

/** Looks until nothing changes, and the archive was read. */
async function settle(): Promise<void> {
  while (await guard.look());
  await expect.poll(() => guard.state.file_systems.length, PATIENT).toBe(3);
  while (await guard.look());
}
const leave = (disk: keyof typeof disks, bytes: number) => ballast[disk]?.leaveFree(bytes);
const systems = () =>
  Object.fromEntries(
    guard.state.file_systems.map(({ holds, step, reserve_bytes }) => [holds.join(' '), [step, reserve_bytes / MIB]]),
  );
const FAST = { bytesPerSecond: undefined, datagrams: true };

test.runIf(root)('with room each disk of the data has a reserve, and nothing is asked of anybody', async () => {
  expect(systems()).toEqual({ 'data journal segments': ['none', 1], index: ['none', 1], archive: ['none', 0] });
  expect(told?.senders).toEqual(FAST);
  expect(told?.index.shedBytes).toBe(0);
  expect(told?.index.restoreBytes).toBeGreaterThan(9 * MIB);
});

test.runIf(root)('a full disk of the index sheds the index, and touches nothing that lies elsewhere', async () => {
  await leave('index', 0);
  await settle();
  // The room of the reserve is used up, too.
  await leave('index', 0);
  await settle();
  expect(systems()).toEqual({ 'data journal segments': ['none', 1], index: ['datagrams', 0], archive: ['none', 0] });
  expect(guard.state.step).toBe('datagrams');
  expect(told?.senders).toEqual(FAST);
  expect(told?.index.shedBytes).toBeGreaterThan(MIB);
  expect(await readdir(path.join(disks.data, 'exports'))).toEqual(['report.pdf']);
});

test.runIf(root)('a full disk of the journal leaves the index alone; a refused write is believed', async () => {
  await leave('data', 0);
  await settle();
  await leave('data', MIB * 0.75);
  await settle();
  expect(systems()).toMatchObject({ 'data journal segments': ['senders', 0], index: ['none', 1] });
  expect(told?.senders).toEqual({ bytesPerSecond: Math.floor(MIB / 4 / 60), datagrams: true });
  expect(told?.index.shedBytes).toBe(0);
  expect(await readdir(path.join(disks.data, 'exports'))).toEqual([]);
  refused = true;
  await settle();
  expect(told?.senders).toEqual({ bytesPerSecond: 0, datagrams: false });
  refused = false;
  await leave('data', 12 * MIB);
  await settle();
  expect(systems()).toMatchObject({ 'data journal segments': ['none', 1] });
  expect(told?.senders).toEqual(FAST);
});

test.runIf(root)('an archive that fills is shown, and nothing is given up for it', async () => {
  await leave('archive', MIB);
  await expect
    .poll(async () => {
      await settle();
      return guard.state.file_systems.find(({ holds }) => holds.join() === 'archive')?.free_bytes;
    }, PATIENT)
    .toBeLessThan(1.1 * MIB);
  expect(guard.state.step).toBe('none');
});
