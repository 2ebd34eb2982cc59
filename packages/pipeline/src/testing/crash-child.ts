/**
 * A real processor or sealer, or both, in a process of its own, for tests that kill it. The order is JSON in argv[2]; it kills itself with
 * SIGKILL at the ordered point, or exits 0 once everything of the journal is sealed, stamped, packed and indexed.
 */
import { access, mkdir, readdir } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { dataLayout } from '@logmaster/core/config/data-layout';
import type { SiteMapping } from '@logmaster/core/devices';
import { PackedDayFiles } from '@logmaster/search/duckdb/files/packed-day-files';
import { openDuckDbWriter } from '@logmaster/search/open';
import { openFileSigner } from '@logmaster/signing/file-signer';
import { openLocalTsa } from '@logmaster/signing/local-tsa';
import { createEvents } from '@logmaster/telemetry/events';
import { createLogger } from '@logmaster/telemetry/logger';
import { createRegistry } from '@logmaster/telemetry/metrics';
import { Processor } from '../processor/processor.ts';
import { SealerService } from '../sealer/sealer-service.ts';
import { readChain } from '../segments/chain.ts';
import { SegmentLayout } from '../segments/layout.ts';
import { type CrashAt, crashAt } from './crash-at.ts';

export interface CrashOrder {
  /** Both roles in this process, or one of them. */
  readonly role?: 'both' | 'processor' | 'sealer';
  readonly data: string;
  /** Between two looks of the sealer for a day to pack. */
  readonly packMs?: number;
  /** µs; what the processor's clock shows. */
  readonly clock: number;
  readonly mapping: SiteMapping;
  readonly crashAt?: CrashAt;
  /** Index position at which the journal is done, and paths in the archive that must be there. */
  readonly done: {
    readonly stream: string;
    readonly sequence: number;
    readonly journal: number;
    readonly paths: string[];
  };
}

const order = JSON.parse(process.argv[2] ?? '{}') as CrashOrder;
const layout = dataLayout(order.data);
const logger = createLogger('crash-child', 'warn');

// It stands still, so that the work ends.
const clock = () => order.clock;
const shared = {
  node: 'node1',
  segmentsFolder: layout.segments,
  archiveFolder: layout.archive,
  clock,
  timeZone: 'Europe/Istanbul',
  events: createEvents(logger, createRegistry()),
  onFatal: (error: unknown) => {
    logger.fatal({ err: error }, 'fatal');
    process.exit(1);
  },
  fault: crashAt(order.crashAt),
};

async function startProcessor() {
  await mkdir(layout.index, { recursive: true });
  const store = openDuckDbWriter({ indexDir: layout.index, memoryMb: 128, threads: 1, logger });
  await store.start();
  const processor = new Processor({
    ...shared,
    journalFolder: layout.journal,
    store,
    directory: { loadMapping: async () => order.mapping, report: async () => undefined },
    segmentSeconds: 1,
    flushBytes: 1000,
    flushSeconds: 1,
    packedDaysMs: 200,
  });
  await processor.start();
  return { processor, store };
}

async function startSealer() {
  const service = new SealerService({
    ...shared,
    packMs: order.packMs ?? 200,
    lookMs: 50,
    signer: await openFileSigner(layout),
    tsa: await openLocalTsa(layout, { now: () => clock() / 1000 }),
    days: new PackedDayFiles({ folder: path.join(layout.segments, '.packing'), memoryMb: 128, threads: 1 }),
  });
  await service.start();
  return service;
}

const segments = new SegmentLayout(layout.segments);
const { role = 'both' } = order;
const indexing = role === 'sealer' ? undefined : await startProcessor();
const sealing = role === 'processor' ? undefined : await startSealer();

async function isDone(): Promise<boolean> {
  if (indexing !== undefined) {
    const at = indexing.processor.index.positions.get(order.done.stream);
    if (at === undefined || at.journal < order.done.journal || at.sequence < order.done.sequence) return false;
  }
  if (sealing !== undefined) {
    const { waiting, unstamped } = sealing.sealer.state;
    if (waiting > 0 || unstamped > 0) return false;
    // A day stands in its site's chain when its segments' folders are gone: the last thing that packing does.
    for (const name of order.done.paths) {
      const chain = await readChain(segments, name.split(path.sep)[0] as string);
      if (chain === undefined || chain.day === null) return false;
    }
  }
  for (const name of order.done.paths) {
    const there = await access(path.join(layout.archive, name)).then(
      () => true,
      () => false,
    );
    if (!there) return false;
  }
  const left = await readdir(layout.segments, { recursive: true });
  return !left.some((name) => name.endsWith('.plan.json') || (indexing !== undefined && name.endsWith('.packed.json')));
}

while (!(await isDone())) await wait(20);
await sealing?.stop();
await indexing?.processor.stop();
await indexing?.store.stop();
process.exit(0);
