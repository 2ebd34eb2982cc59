import { createEvents } from '@logmaster/telemetry/events';
import type { Logger } from '@logmaster/telemetry/logger';
import { createRegistry } from '@logmaster/telemetry/metrics';
import type { RoleName, RoleReport } from './messages.ts';
import { runRole } from './role-process.ts';
import type { Settings } from './settings.ts';

/** Each role loads what it needs: the processor of a split installation has no use for keys, the sealer none for Prisma. */
const OPEN = {
  processor: async () => (await import('./processor-role.ts')).openProcessor,
  sealer: async () => (await import('./sealer-role.ts')).openSealer,
};

/** One or both roles in this process. @param careful the lives before this one ended without progress */
export async function runRoles(
  settings: Settings,
  logger: Logger,
  roles: readonly RoleName[],
  careful: boolean,
): Promise<void> {
  const registry = createRegistry();
  const events = createEvents(logger, registry);
  const name = roles.join(' and ');
  const onFatal = (error: unknown) => {
    logger.fatal({ err: error }, `The ${name} can not go on`);
    process.exit(1);
  };
  await runRole(name, { logger, registry }, async () => {
    const opened = await Promise.all(
      roles.map(async (role) => (await OPEN[role]())(settings, { events, logger, careful, onFatal })),
    );
    return {
      report: async () => Object.assign({}, ...(await Promise.all(opened.map((each) => each.report())))) as RoleReport,
      order(orders) {
        for (const each of opened) each.order?.(orders);
      },
      async stop() {
        await Promise.all(opened.map((each) => each.stop()));
      },
    };
  });
}
