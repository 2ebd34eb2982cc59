import type { Clock } from '@logmaster/core/clock';
import { toAppError } from '@logmaster/core/errors';
import type { Lifecycle } from '@logmaster/core/lifecycle';
import type { Database } from '@logmaster/db/client';
import { Election } from '@logmaster/db/election/election';
import { removeForgotten } from '@logmaster/db/housekeeping';
import type { Logger } from '@logmaster/telemetry/logger';
import { KEEP_COVERAGE_MS } from '../devices/coverage-limits.ts';
import { FORGET_FAILURES_MS, KEEP_ENDED_MS } from '../session/limits.ts';

const EVERY_MS = 3600_000;

export interface HousekeepingOptions {
  readonly database: Pick<Database, 'primary'>;
  /** DATABASE_URL: the election has a connection of its own. */
  readonly url: string;
  readonly node: string;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Each web node is a candidate; the elected one removes what nobody asks for any more, at once and then each hour. */
export function housekeeping({ database, url, node, clock, logger }: HousekeepingOptions): Lifecycle {
  let timer: NodeJS.Timeout | undefined;
  const election = new Election({
    url,
    job: 'housekeeping',
    node,
    onChange: (leadership) => {
      logger.info({ leads: leadership !== undefined, epoch: leadership?.epoch.toString() }, 'housekeeping election');
      void work();
    },
    onError: ({ code, message }) => logger.debug({ code }, `no part in the election: ${message}`),
  });

  async function work(): Promise<void> {
    const { leadership } = election;
    if (leadership === undefined) return;
    const now = clock() / 1000;
    const limits = {
      endedBefore: new Date(now - KEEP_ENDED_MS),
      forgetBefore: new Date(now - FORGET_FAILURES_MS),
      coverageBefore: new Date(now - KEEP_COVERAGE_MS),
    };
    try {
      logger.info(await removeForgotten(database.primary, leadership, limits), 'removed what is forgotten');
    } catch (error) {
      // The next hour tries again, here or at the next leader.
      const { code, message } = toAppError(error);
      logger.warn({ code }, `housekeeping failed: ${message}`);
    }
  }

  return {
    name: 'housekeeping',
    async start() {
      await election.start();
      timer = setInterval(() => void work(), EVERY_MS);
      timer.unref();
    },
    async stop() {
      clearInterval(timer);
      await election.stop();
    },
  };
}
