import type { PartHealth } from '@logmaster/core/api/health';
import { becauseOf } from '@logmaster/core/api/health-reasons';
import type { Micros } from '@logmaster/core/time';
import { type Because, lagReason, part, secondsSince } from '../part-health.ts';
import type { SealerState } from './sealer.ts';

/** What the sealer tells the main process about itself, over IPC. */
export interface SealerReport {
  readonly sealed: { readonly segments: number; readonly records: number; readonly unstamped: number };
  readonly lagSeconds: { readonly seal: number };
  readonly parts: readonly PartHealth[];
}

/** Lag that is no sign of trouble. */
const SEAL_LAG_SECONDS = 15;

export function sealerReportOf(state: SealerState, now: Micros): SealerReport {
  const sealLag = secondsSince(state.oldestWaiting, now);
  const stampLag = secondsSince(state.oldestUnstamped, now);
  return {
    sealed: { segments: state.segments, records: state.records, unstamped: state.unstamped },
    lagSeconds: { seal: sealLag },
    parts: [
      part('sealer', sealerReason(state, sealLag), sealLag),
      part('archive', state.archiveError && becauseOf('ARCHIVE_WAITS', { segments: state.waiting }), sealLag),
      part('tsa', state.tsaError && becauseOf('TSA_WAITS', { segments: state.unstamped }), stampLag),
    ],
  };
}

function sealerReason({ sealError, dayError }: SealerState, lag: number): Because | undefined {
  if (sealError !== undefined) return becauseOf('SEAL_FAILING');
  return dayError === undefined ? lagReason(lag, SEAL_LAG_SECONDS) : becauseOf('DAY_FAILING');
}
