import type { PartHealth } from '@logmaster/core/api/health';
import { systemClock } from '@logmaster/core/clock';
import type { Lifecycle } from '@logmaster/core/lifecycle';
import type { DiskGuard } from '@logmaster/pipeline/disk/guard';
import type { IndexShedder } from '@logmaster/pipeline/disk/index-shedder';
import { reportOf } from '@logmaster/pipeline/processor/report';
import { createEvents, type Events } from '@logmaster/telemetry/events';
import type { Logger } from '@logmaster/telemetry/logger';
import { createRegistry } from '@logmaster/telemetry/metrics';
import { composeProcessor } from './compose.ts';
import { composeDiskGuard } from './compose-disk.ts';
import { isDisk, isStop, type ReportMessage } from './messages.ts';
import type { Settings } from './settings.ts';

const REPORT_MS = 500;
/** The index looks at all its files to answer. */
const STORE_HEALTH_MS = 5000;
/** An index that is away at the start is tried again; records wait in the journal meanwhile. */
const STORE_RETRY_MS = 2000;

/** The processor as a process of its own: runs until told to stop, or until the main process is gone. */
export async function runProcessor(settings: Settings, logger: Logger): Promise<void> {
  const registry = createRegistry();
  const events = createEvents(logger, registry);
  const { store, processor, shedder, closeDatabase } = await composeProcessor(settings, {
    events,
    logger,
    onFatal: (error) => {
      logger.fatal({ err: error }, 'The processor can not go on');
      process.exit(1);
    },
  });
  const opening = openStore(store, logger);
  await opening.firstAttempt;
  await processor.start();
  await shedder?.start();
  const guard = process.connected ? undefined : ownGuard(settings, shedder, events);
  await guard?.start();
  events.emit('processor_started');

  const timer = setInterval(() => void report(), REPORT_MS);
  let reporting = false;
  let known: { at: number; health: PartHealth } | undefined;
  let looking: Promise<PartHealth> | undefined;
  async function storeHealth(): Promise<PartHealth> {
    if (known !== undefined && performance.now() - known.at < STORE_HEALTH_MS) return known.health;
    looking ??= store
      .health()
      .then((health) => {
        known = { at: performance.now(), health };
        return health;
      })
      .finally(() => {
        looking = undefined;
      });
    // The numbers do not wait for an index that is slow to say how it is.
    return known?.health ?? looking;
  }
  async function report(): Promise<void> {
    if (reporting || !process.connected) return;
    reporting = true;
    const message: ReportMessage = {
      type: 'report',
      report: await reportOf(processor, storeHealth, systemClock()),
      shed: shedder?.state,
      metrics: await registry.getMetricsAsJSON(),
    };
    reporting = false;
    // The main process may have gone in the meantime; `disconnect` then ends this one.
    if (process.connected) process.send?.(message);
  }

  let stopping = false;
  async function stop(): Promise<void> {
    if (stopping) return;
    stopping = true;
    clearInterval(timer);
    await guard?.stop();
    await shedder?.stop();
    await processor.stop();
    opening.abort();
    await store.stop();
    await closeDatabase();
    process.exit(0);
  }
  const end = () =>
    void stop().catch((error: unknown) => {
      logger.fatal({ err: error }, 'The processor did not stop cleanly');
      process.exit(1);
    });
  process.on('message', (message) => {
    if (isStop(message)) end();
    else if (isDisk(message)) shedder?.order(message.orders);
  });
  process.on('disconnect', end);
  process.on('SIGTERM', end);
  // Ctrl-C in a terminal reaches both processes: the main one decides.
  process.on('SIGINT', () => {
    if (!process.connected) end();
  });
}

/** A processor that nobody has started watches its disks itself. */
function ownGuard(settings: Settings, shedder: IndexShedder | undefined, events: Events): DiskGuard {
  return composeDiskGuard(settings, {
    events,
    refused: () => false,
    onOrders: ({ index }) => shedder?.order(index),
  });
}

/** Receiving and sealing do not wait for an index that can't be opened: it is tried again beside them. */
function openStore(store: Lifecycle, logger: Logger): { readonly firstAttempt: Promise<void>; abort(): void } {
  let timer: NodeJS.Timeout | undefined;
  let aborted = false;
  const attempt = () =>
    store.start().catch((error: unknown) => {
      logger.error({ err: error }, 'The index could not be opened; it will be tried again');
      if (!aborted) timer = setTimeout(attempt, STORE_RETRY_MS);
    });
  return {
    firstAttempt: attempt(),
    abort() {
      aborted = true;
      clearTimeout(timer);
    },
  };
}
