import { toAppError } from '@logmaster/core/errors';
import type { Logger } from '@logmaster/telemetry/logger';
import type { Registry } from '@logmaster/telemetry/metrics';
import { type DiskMessage, type FromRole, isDisk, isStop, type RoleReport } from './messages.ts';

const ALIVE_MS = 500;
const REPORT_MS = 500;

export interface RunningRole<Report> {
  report(): Promise<Report>;
  /** Room on the disk of the index. */
  order?(orders: DiskMessage['orders']): void;
  stop(): Promise<void>;
}

/** A role as a process of its own: runs until told to stop, or until the main process is gone. */
export async function runRole(
  name: string,
  tools: { readonly logger: Logger; readonly registry: Registry },
  open: () => Promise<RunningRole<RoleReport>>,
): Promise<void> {
  const { logger, registry } = tools;
  const say = (message: FromRole) =>
    new Promise<void>((resolve) => {
      if (process.connected) process.send?.(message, () => resolve());
      else resolve();
    });
  const fail = (thrown: unknown) => {
    const { code, detail } = toAppError(thrown);
    logger.fatal({ err: thrown }, `The ${name} can not go on`);
    void say({ type: 'failed', code, detail }).then(() => process.exit(1));
  };
  // From the first moment, and not with the report, which waits for others: silence means that this process hangs.
  void say({ type: 'alive' });
  const alive = setInterval(() => void say({ type: 'alive' }), ALIVE_MS);

  let running: RunningRole<RoleReport> | undefined;
  let timer: NodeJS.Timeout | undefined;
  let stopping = false;
  async function stop(): Promise<void> {
    if (stopping) return;
    stopping = true;
    clearInterval(timer);
    await running?.stop();
    clearInterval(alive);
    process.exit(0);
  }
  const end = () => void stop().catch(fail);
  process.on('message', (message) => {
    if (isStop(message)) end();
    else if (isDisk(message)) running?.order?.(message.orders);
  });
  process.on('disconnect', end);
  process.on('SIGTERM', end);
  // Ctrl-C and a reload of the whole group reach every process: the main one decides.
  for (const signal of ['SIGINT', 'SIGHUP', 'SIGUSR2'] as const) process.on(signal, () => undefined);

  try {
    const opened = await open();
    running = opened;
    let reporting = false;
    timer = setInterval(() => {
      if (reporting) return;
      reporting = true;
      void (async () => {
        await say({ type: 'report', report: await opened.report(), metrics: await registry.getMetricsAsJSON() });
        reporting = false;
      })().catch(fail);
    }, REPORT_MS);
  } catch (error) {
    fail(error);
  }
}
