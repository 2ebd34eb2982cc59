import type { PartHealth } from '@logmaster/core/api/health';
import { becauseOf } from '@logmaster/core/api/health-reasons';
import { parseRecordId } from '@logmaster/core/record';
import type { Micros } from '@logmaster/core/time';
import type { JournalPosition } from '@logmaster/search/store';
import { streamName } from '../journal/streams.ts';
import type { SealerState } from '../sealer/sealer.ts';
import type { FileCount } from './file-counts.ts';
import type { AuditReport } from './journal-audit.ts';
import type { Processor } from './processor.ts';

export interface IndexedStream {
  readonly at: JournalPosition;
  /** Files before this one were done before the processor started. */
  readonly first: number;
  readonly files: Readonly<Record<number, FileCount>>;
}

/** What the processor tells the main process about itself, over IPC. */
export interface ProcessorReport {
  /** What the index has done in each stream. */
  readonly indexed: Readonly<Record<string, IndexedStream>>;
  /** Stream → how its accounting and its records compare. */
  readonly audits: Readonly<Record<string, AuditReport>>;
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
    indexed: indexedStreams(index),
    audits: Object.fromEntries([...segments.audits()].map(([stream, audit]) => [stream, audit.report])),
    quarantined: quarantinedByJournal(processor.quarantine.records),
    sealed: { segments: state.segments, records: state.records, unstamped: state.unstamped },
    lagSeconds: { index: indexLag, seal: sealLag },
    parts: [
      { name: 'processor', state: 'ok' },
      await indexHealth(index.error, indexLag, storeHealth),
      part('sealer', sealerReason(state, sealLag), sealLag),
      part(
        'archive',
        state.archiveError && becauseOf('ARCHIVE_WAITS', { segments: state.waiting }),
        since(state.oldestWaiting),
      ),
      part('tsa', state.tsaError && becauseOf('TSA_WAITS', { segments: state.unstamped }), stampLag),
      part('database', poller.error && becauseOf('DATABASE_AWAY')),
    ],
  };
}

function indexedStreams({ positions, counts }: Processor['index']): Record<string, IndexedStream> {
  const result: Record<string, IndexedStream> = {};
  for (const [stream, at] of positions) {
    const files = counts.get(stream);
    if (files !== undefined) result[stream] = { at, first: files.first, files: files.all };
  }
  return result;
}

async function indexHealth(
  error: string | undefined,
  lag: number,
  storeHealth: () => Promise<PartHealth>,
): Promise<PartHealth> {
  const own = part('index', error === undefined ? lagReason(lag, INDEX_LAG_SECONDS) : becauseOf('INDEX_REFUSES'), lag);
  const store = await storeHealth();
  // The store knows best why it takes nothing.
  return store.state === 'ok' ? own : { ...store, name: 'index', lag_seconds: lag };
}

type Because = ReturnType<typeof becauseOf>;

/** What exactly failed stands in the log: health may be read by strangers. */
function part(name: string, because: Because | '' | undefined, lag?: number): PartHealth {
  const lagged = lag === undefined ? {} : { lag_seconds: lag };
  return because ? { name, state: 'degraded', ...because, ...lagged } : { name, state: 'ok', ...lagged };
}

function sealerReason({ sealError, dayError }: SealerState, lag: number): Because | undefined {
  if (sealError !== undefined) return becauseOf('SEAL_FAILING');
  return dayError === undefined ? lagReason(lag, SEAL_LAG_SECONDS) : becauseOf('DAY_FAILING');
}

function lagReason(lag: number, limit: number): Because | undefined {
  return lag > limit ? becauseOf('BEHIND', { seconds: Math.round(lag) }) : undefined;
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
