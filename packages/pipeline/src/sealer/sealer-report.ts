import type { PartHealth } from '@logmaster/core/api/health';
import type { Micros } from '@logmaster/core/time';
import { lagReason, part, secondsSince } from '../part-health.ts';
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
      part('sealer', state.sealError ?? state.dayError ?? lagReason(sealLag, SEAL_LAG_SECONDS), sealLag),
      part('archive', state.archiveError && `${state.archiveError}; ${state.waiting} segments wait`, sealLag),
      part('tsa', state.tsaError && `${state.tsaError}; ${state.unstamped} segments are unstamped`, stampLag),
    ],
  };
}
