import { systemClock } from '@logmaster/core/clock';
import { type SealerReport, sealerReportOf } from '@logmaster/pipeline/sealer/sealer-report';
import { createEvents } from '@logmaster/telemetry/events';
import type { Logger } from '@logmaster/telemetry/logger';
import { createRegistry } from '@logmaster/telemetry/metrics';
import { composeSealer } from './compose-sealer.ts';
import { runRole } from './role-process.ts';
import type { Settings } from './settings.ts';

export async function runSealer(settings: Settings, logger: Logger): Promise<void> {
  const registry = createRegistry();
  const events = createEvents(logger, registry);
  await runRole<SealerReport>('sealer', { logger, registry }, async () => {
    const service = await composeSealer(settings, {
      events,
      onFatal: (error) => {
        logger.fatal({ err: error }, 'The sealer can not go on');
        process.exit(1);
      },
    });
    await service.start();
    events.emit('sealer_started');
    return {
      report: async () => sealerReportOf(service.sealer.state, systemClock()),
      stop: () => service.stop(),
    };
  });
}
