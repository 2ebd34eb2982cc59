import type { PartHealth } from '@logmaster/core/api/health';
import { systemClock } from '@logmaster/core/clock';
import type { Lifecycle } from '@logmaster/core/lifecycle';
import { reportOf } from '@logmaster/pipeline/processor/report';
import type { SearchStore } from '@logmaster/search/store';
import type { Logger } from '@logmaster/telemetry/logger';
import { composeProcessor } from './compose-processor.ts';
import type { RoleReport, RoleTools } from './messages.ts';
import type { RunningRole } from './role-process.ts';
import type { Settings } from './settings.ts';

/** The index looks at all its files to answer. */
const STORE_HEALTH_MS = 5000;
/** An index that is away at the start is tried again; records wait in the journal meanwhile. */
const STORE_RETRY_MS = 2000;

export async function openProcessor(
  settings: Settings,
  tools: RoleTools,
): Promise<RunningRole<Pick<RoleReport, 'processor' | 'shed'>>> {
  const { store, processor, shedder, closeDatabase } = await composeProcessor(settings, tools);
  const opening = openStore(store, tools.logger);
  await opening.firstAttempt;
  await processor.start();
  await shedder?.start();
  tools.events.emit('processor_started');
  const storeHealth = rememberedHealth(store);
  return {
    async report() {
      const shed = shedder?.state;
      const report = { processor: await reportOf(processor, storeHealth, systemClock()) };
      return shed === undefined ? report : { ...report, shed };
    },
    order: (orders) => shedder?.order(orders),
    async stop() {
      await shedder?.stop();
      await processor.stop();
      opening.abort();
      await store.stop();
      await closeDatabase();
    },
  };
}

/** The numbers do not wait for an index that is slow to say how it is. */
function rememberedHealth(store: Pick<SearchStore, 'health'>): () => Promise<PartHealth> {
  let known: { readonly at: number; readonly health: PartHealth } | undefined;
  let looking: Promise<PartHealth> | undefined;
  return async () => {
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
    return known?.health ?? looking;
  };
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
