/**
 * A real processor in a process of its own, for tests that kill it. The order is JSON in argv[2]; it kills itself with
 * SIGKILL at the ordered point, or exits 0 once everything of the journal is sealed, stamped, packed and indexed.
 */
import { access, mkdir, readdir } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { dataLayout } from '@logmaster/core/config/data-layout';
import type { SiteMapping } from '@logmaster/core/devices';
import { openDuckDbWriter } from '@logmaster/search/open';
import { openFileSigner } from '@logmaster/signing/file-signer';
import { openLocalTsa } from '@logmaster/signing/local-tsa';
import { createEvents } from '@logmaster/telemetry/events';
import { createLogger } from '@logmaster/telemetry/logger';
import { createRegistry } from '@logmaster/telemetry/metrics';
import { Processor } from '../processor/processor.ts';
import { type CrashAt, crashAt } from './crash-at.ts';

export interface CrashOrder {
  readonly data: string;
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

await mkdir(layout.index, { recursive: true });
const store = openDuckDbWriter({ indexDir: layout.index, memoryMb: 128, threads: 1, logger });
await store.start();
// It stands still, so that the work ends.
const clock = () => order.clock;
const processor = new Processor({
  node: 'node1',
  journalFolder: layout.journal,
  segmentsFolder: layout.segments,
  archiveFolder: layout.archive,
  store,
  signer: await openFileSigner(layout),
  tsa: await openLocalTsa(layout, { now: () => clock() / 1000 }),
  directory: { loadMapping: async () => order.mapping, report: async () => undefined },
  clock,
  timeZone: 'Europe/Istanbul',
  segmentSeconds: 1,
  flushBytes: 1000,
  flushSeconds: 1,
  events: createEvents(logger, createRegistry()),
  onFatal: (error) => {
    logger.fatal({ err: error }, 'fatal');
    process.exit(1);
  },
  fault: crashAt(order.crashAt),
});
await processor.start();

async function isDone(): Promise<boolean> {
  const at = processor.index.positions.get(order.done.stream);
  if (at === undefined || at.journal < order.done.journal || at.sequence < order.done.sequence) return false;
  const { waiting, unstamped } = processor.sealer.state;
  if (waiting > 0 || unstamped > 0) return false;
  for (const name of order.done.paths) {
    const there = await access(path.join(layout.archive, name)).then(
      () => true,
      () => false,
    );
    if (!there) return false;
  }
  const left = await readdir(layout.segments, { recursive: true });
  return !left.some((name) => name.endsWith('.plan.json'));
}

while (!(await isDone())) await wait(20);
await processor.stop();
await store.stop();
process.exit(0);
