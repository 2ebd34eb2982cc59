import { toAppError } from '@logmaster/core/errors';
import type { Collector } from '@logmaster/pipeline/collector/collector';
import { createEvents } from '@logmaster/telemetry/events';
import type { Logger } from '@logmaster/telemetry/logger';
import { createRegistry } from '@logmaster/telemetry/metrics';
import { collectorMetrics } from './collector-metrics.ts';
import { composeCollector } from './compose-collector.ts';
import type { Settings } from './settings.ts';
import type { FromWorker, ToWorker } from './worker-messages.ts';

const REPORT_MS = 200;

/** A receiving process: waits until it is told to open, receives until it is told to stop or the main process is gone. */
export function runWorker(settings: Settings, logger: Logger): void {
  const registry = createRegistry();
  const events = createEvents(logger, registry);
  const measured = collectorMetrics(registry);
  let collector: Collector | undefined;
  let stopping = false;
  let timer: NodeJS.Timeout | undefined;

  const say = (message: FromWorker) =>
    new Promise<void>((resolve) => {
      if (process.connected) process.send?.(message, () => resolve());
      else resolve();
    });

  async function open({
    worker,
    sockets,
    accountedTo,
    countedDrops,
  }: Extract<ToWorker, { type: 'open' }>): Promise<void> {
    const opened = composeCollector(settings, {
      events,
      worker,
      sockets,
      accountedTo,
      onSync: measured.synced,
      countsDrops: countedDrops !== undefined,
      ...(countedDrops === undefined ? {} : { countedDrops }),
    });
    collector = opened;
    await opened.start();
    timer = setInterval(() => void report(), REPORT_MS);
    await report();
    await say({ type: 'ready' });
  }

  async function report(): Promise<void> {
    if (collector === undefined) return;
    const { state, stream, listening, journal } = collector;
    measured.observe(collector);
    const metrics = await registry.getMetricsAsJSON();
    const { full } = journal;
    const failure = journal.failure?.message;
    await say({
      type: 'report',
      report: { state, stream, listening, failure, full, accounts: collector.takeAccounts(), metrics },
    });
  }

  async function stop(handover: boolean): Promise<void> {
    if (stopping) return;
    stopping = true;
    clearInterval(timer);
    await collector?.stop({ handover });
    await report();
    process.exit(0);
  }

  const fail = (thrown: unknown) => {
    const { code, detail } = toAppError(thrown);
    logger.fatal({ err: thrown }, 'A receiving process can not go on');
    void say({ type: 'failed', code, detail }).then(() => process.exit(1));
  };
  process.on('message', (message: ToWorker) => {
    if (message.type === 'open') open(message).catch(fail);
    else if (message.type === 'stop') stop(message.handover).catch(fail);
    else if (message.type === 'slow') collector?.slow(message.orders);
    else collector?.reload().catch(fail);
  });
  process.on('disconnect', () => void stop(false).catch(fail));
  process.on('SIGTERM', () => void stop(false).catch(fail));
  // Ctrl-C and a reload of the whole group reach every process: the main one decides.
  for (const signal of ['SIGINT', 'SIGHUP', 'SIGUSR2'] as const) process.on(signal, () => undefined);
  // Until it is told to open it waits for that word alone: the channel must keep it alive, whatever a preloaded module
  // has said of it.
  process.channel?.ref();
  void say({ type: 'standing-by' });
}
