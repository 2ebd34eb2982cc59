import { systemClock } from '@logmaster/core/clock';
import { sealerReportOf } from '@logmaster/pipeline/sealer/sealer-report';
import { composeSealer } from './compose-sealer.ts';
import type { RoleReport, RoleTools } from './messages.ts';
import type { RunningRole } from './role-process.ts';
import type { Settings } from './settings.ts';

export async function openSealer(
  settings: Settings,
  { events, onFatal }: RoleTools,
): Promise<RunningRole<Pick<RoleReport, 'sealer'>>> {
  const service = await composeSealer(settings, { events, onFatal });
  await service.start();
  events.emit('sealer_started');
  return {
    report: async () => ({ sealer: sealerReportOf(service.sealer.state, systemClock()) }),
    stop: () => service.stop(),
  };
}
