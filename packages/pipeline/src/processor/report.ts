import type { PartHealth } from '@logmaster/core/api/health';
import { becauseOf } from '@logmaster/core/api/health-reasons';
import { CLOCK_TOLERANCE_MS } from '@logmaster/core/devices';
import { parseRecordId } from '@logmaster/core/record';
import type { Micros } from '@logmaster/core/time';
import type { JournalPosition } from '@logmaster/search/store';
import { streamName } from '../journal/streams.ts';
import { type Because, lagReason, part, secondsSince } from '../part-health.ts';
import type { WrongClocks } from './clocks/clock-watch.ts';
import type { FileCount } from './indexing/file-counts.ts';
import type { Processor } from './processor.ts';
import type { AuditReport } from './segmenting/journal-audit.ts';

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
  /** `close`: the oldest boundary that has passed and is not closed. */
  readonly lagSeconds: { readonly index: number; readonly close: number };
  /** Devices whose parsing has drifted; undefined without a database. */
  readonly drifting: number | undefined;
  readonly wrongClocks: WrongClocks;
  readonly parts: readonly PartHealth[];
}

/** Lag that is no sign of trouble: a batch is written each second, a boundary is closed within seconds. */
const INDEX_LAG_SECONDS = 10;
const CLOSE_LAG_SECONDS = 15;

/** How the processor is at `now`, with the health of the index as its store knows it. */
export async function reportOf(
  processor: Processor,
  storeHealth: () => Promise<PartHealth>,
  now: Micros,
): Promise<ProcessorReport> {
  const { index, segments, poller, packedDays, coverage, clocks, enrichment } = processor;
  const { count: all, broken } = enrichment.geoip;
  const indexLag = secondsSince(index.oldestPending, now);
  const closeLag = Math.round(segments.overdue(now) / 1000) / 1000;
  return {
    indexed: indexedStreams(index),
    audits: Object.fromEntries([...segments.audits()].map(([stream, audit]) => [stream, audit.report])),
    quarantined: quarantinedByJournal(processor.quarantine.records),
    lagSeconds: { index: indexLag, close: closeLag },
    drifting: coverage?.drifting,
    wrongClocks: clocks.wrong,
    parts: [
      part('processor', lagReason(closeLag, CLOSE_LAG_SECONDS) ?? slowParsers(processor), closeLag),
      await indexHealth(index.error ?? packedDays.error, indexLag, storeHealth),
      part('database', poller.error && becauseOf('DATABASE_AWAY')),
      ...(coverage === undefined ? [] : [parsingPart(coverage.drifting), clocksPart(clocks.wrong)]),
      ...(all === 0 ? [] : [part('geoip', broken > 0 ? becauseOf('GEOIP_BROKEN', { broken, all }) : undefined)]),
    ],
  };
}

function parsingPart(devices: number): PartHealth {
  return part('parsing', devices > 0 ? becauseOf('PARSE_DRIFT', { devices }) : undefined);
}

function clocksPart({ devices, worstSeconds: worst }: WrongClocks): PartHealth {
  const seconds = CLOCK_TOLERANCE_MS / 1000;
  return part('device clocks', devices > 0 ? becauseOf('CLOCKS_WRONG', { devices, seconds, worst }) : undefined);
}

function slowParsers({ customParsers }: Processor): Because | undefined {
  const count = customParsers.suspended.length;
  return count > 0 ? becauseOf('PARSERS_SUSPENDED', { count }) : undefined;
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
