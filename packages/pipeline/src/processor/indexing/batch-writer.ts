import type { Clock } from '@logmaster/core/clock';
import { AppError } from '@logmaster/core/errors';
import type { FlatEvent } from '@logmaster/core/event/event';
import type { RawRecord, Transport } from '@logmaster/core/record';
import { microsToRfc3339 } from '@logmaster/core/time';
import type { EventBatch, JournalPosition, SearchStore } from '@logmaster/search/store';
import type { Events } from '@logmaster/telemetry/events';
import type { JournalLookup } from '../../journal/find-record.ts';
import { entryOf, type Quarantine, type QuarantineEntry } from '../quarantine/quarantine.ts';

export interface BatchWriterOptions {
  readonly store: SearchStore;
  readonly quarantine: Quarantine;
  /** Where a refused record is read again as it came. */
  readonly journal: JournalLookup;
  readonly clock: Clock;
  readonly events: Events;
}

/** Records of a batch that the index has committed, and that it refused. Counted, not derived from the batch's places. */
export interface Written {
  readonly committed: number;
  readonly refused: number;
}

/** Batches into the index; what it refuses goes to the quarantine. */
export class BatchWriter {
  private readonly options: BatchWriterOptions;

  constructor(options: BatchWriterOptions) {
    this.options = options;
  }

  /** A refused batch is halved until the refused record stands alone; the others go in. Throws when the index is away. */
  async write(batch: EventBatch): Promise<Written> {
    try {
      await this.options.store.write(batch);
      return { committed: batch.columns?.rows ?? batch.events.length, refused: 0 };
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'INVALID_INPUT') throw error;
      const only = batch.events[0];
      if (batch.events.length <= 1) {
        if (only === undefined) throw error;
        await this.putAside(await this.received(only), only['logmaster.site.id'] ?? '', 'refused', error.message);
        await this.skip(batch);
        return { committed: 0, refused: 1 };
      }
      const middle = Math.floor(batch.events.length / 2);
      const border: JournalPosition = { journal: batch.to.journal, sequence: sequenceOf(batch.events[middle]) };
      const { stream, from, to } = batch;
      const before = await this.write({ stream, from, to: border, events: batch.events.slice(0, middle) });
      const behind = await this.write({ stream, from: border, to, events: batch.events.slice(middle) });
      return { committed: before.committed + behind.committed, refused: before.refused + behind.refused };
    }
  }

  /** Durable in the quarantine; the index is told by `skip`. */
  async putAside(record: RawRecord, site: string, cause: QuarantineEntry['cause'], reason: string): Promise<void> {
    const { quarantine, clock, events } = this.options;
    await quarantine.add(entryOf(record, { site, cause, reason, at: microsToRfc3339(clock()) }));
    events.emit('record_quarantined', { id: record.id, reason });
  }

  /** The index goes on behind a stretch without its records. */
  skip({ stream, from, to }: Pick<EventBatch, 'stream' | 'from' | 'to'>): Promise<void> {
    return this.options.store.write({ stream, from, to, events: [] });
  }

  /** As the journal has it; as the event has it, if the journal should be damaged there. */
  private async received(event: FlatEvent): Promise<RawRecord> {
    const id = event['logmaster.record.id'] ?? '';
    return (
      (await this.options.journal.find(id)) ?? {
        id,
        receivedAt: event['logmaster.received_at'] ?? 0,
        sourceAddress: event['log.source.address'] ?? '',
        sourcePort: 0,
        transport: (event['logmaster.transport'] ?? 'internal') as Transport,
        flags: event['logmaster.flags'] ?? '',
        raw: Buffer.from(event['event.original'] ?? event.message ?? ''),
      }
    );
  }
}

function sequenceOf(event: FlatEvent | undefined): number {
  return Number(event?.['logmaster.record.id']?.split('.').at(-1));
}
