import type { PartHealth } from '@logmaster/core/api/health';
import { parseRecordId } from '@logmaster/core/record';
import type { Micros } from '@logmaster/core/time';
import type { JournalPosition } from '@logmaster/search/store';
import { streamName } from '../journal/streams.ts';
import type { Processor } from './processor.ts';

/** What the processor tells the main process about itself, over IPC. */
export interface ProcessorReport {
  /** Where the index stands in each stream. */
  readonly indexed: Readonly<Record<string, JournalPosition>>;
  /** Stream → journal number → records that the index refused. */
  readonly quarantined: Readonly<Record<string, Readonly<Record<string, number>>>>;
  readonly sealed: { readonly segments: number; readonly records: number; readonly unstamped: number };
  readonly lagSeconds: { readonly index: number; readonly seal: number };
  readonly parts: readonly PartHealth[];
}

/** Lag that is no sign of trouble: a batch is written each second, a boundary is closed within seconds. */
const INDEX_LAG_SECONDS = 10;
const SEAL_LAG_SECONDS = 15;

export async function reportOf(
  processor: Processor,
  storeHealth: () => Promise<PartHealth>,
  now: Micros,
): Promise<ProcessorReport> {
  const { index, sealer, segments, poller } = processor;
  const since = (moment: Micros | undefined) =>
    moment === undefined ? 0 : Math.max(0, Math.round((now - moment) / 1000) / 1000);
  const state = sealer.state;
  const indexLag = since(index.oldestPending);
  const sealLag = Math.max(since(state.oldestWaiting), Math.round(segments.overdue(now) / 1000) / 1000);
  const stampLag = since(state.oldestUnstamped);
  return {
    indexed: Object.fromEntries(index.positions),
    quarantined: quarantinedByJournal(processor.quarantine.records),
    sealed: { segments: state.segments, records: state.records, unstamped: state.unstamped },
    lagSeconds: { index: indexLag, seal: sealLag },
    parts: [
      { name: 'processor', state: 'ok' },
      await indexHealth(index.error, indexLag, storeHealth),
      part('sealer', state.sealError ?? state.dayError ?? lagReason(sealLag, SEAL_LAG_SECONDS), sealLag),
      part(
        'archive',
        state.archiveError && `${state.archiveError}; ${state.waiting} segments wait`,
        since(state.oldestWaiting),
      ),
      part('tsa', state.tsaError && `${state.tsaError}; ${state.unstamped} segments are unstamped`, stampLag),
      part('database', poller.error),
    ],
  };
}

async function indexHealth(
  error: string | undefined,
  lag: number,
  storeHealth: () => Promise<PartHealth>,
): Promise<PartHealth> {
  const own = part('index', error ?? lagReason(lag, INDEX_LAG_SECONDS), lag);
  if (own.state !== 'ok') return own;
  const store = await storeHealth();
  return { ...store, name: 'index', lag_seconds: lag };
}

function part(name: string, reason: string | undefined, lag?: number): PartHealth {
  const lagged = lag === undefined ? {} : { lag_seconds: lag };
  return reason === undefined ? { name, state: 'ok', ...lagged } : { name, state: 'degraded', reason, ...lagged };
}

function lagReason(lag: number, limit: number): string | undefined {
  return lag > limit ? `${Math.round(lag)} s behind` : undefined;
}

function quarantinedByJournal(ids: ReadonlySet<string>): Record<string, Record<string, number>> {
  const result: Record<string, Record<string, number>> = {};
  for (const id of ids) {
    const parts = parseRecordId(id);
    if (parts === undefined) continue;
    const stream = streamName(parts.node, parts.worker);
    const journals = result[stream] ?? {};
    journals[parts.journal] = (journals[parts.journal] ?? 0) + 1;
    result[stream] = journals;
  }
  return result;
}
