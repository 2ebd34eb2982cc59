import { AppError } from '@logmaster/core/errors';
import type { FlatEvent } from '@logmaster/core/event/event';
import { parseRecordId } from '@logmaster/core/record';
import type { Micros } from '@logmaster/core/time';
import type { JournalPosition } from './store.ts';

/** Of the same stream. */
export function isBefore(a: JournalPosition, b: JournalPosition): boolean {
  return a.journal < b.journal || (a.journal === b.journal && a.sequence < b.sequence);
}

/** The fields that an index can't do without. */
export interface IndexedEvent {
  readonly event: FlatEvent;
  readonly id: string;
  readonly timestamp: Micros;
  readonly receivedAt: Micros;
  readonly site: string;
  /** `<node>.<worker>` */
  readonly stream: string;
  readonly position: JournalPosition;
}

/** Throws INVALID_INPUT for an event that can't be found again. */
export function indexed(event: FlatEvent): IndexedEvent {
  const id = event['logmaster.record.id'];
  const timestamp = event['@timestamp'];
  const receivedAt = event['logmaster.received_at'];
  const site = event['logmaster.site.id'];
  const parts = id === undefined ? undefined : parseRecordId(id);
  if (!parts || !Number.isSafeInteger(timestamp) || !Number.isSafeInteger(receivedAt) || site === undefined) {
    throw new AppError('INVALID_INPUT', {
      detail: `event ${id ?? 'without id'} lacks a proper logmaster.record.id, @timestamp, logmaster.received_at or logmaster.site.id`,
    });
  }
  return {
    event,
    id: id as string,
    timestamp: timestamp as Micros,
    receivedAt: receivedAt as Micros,
    site,
    stream: `${parts.node}.${parts.worker}`,
    position: { journal: parts.journal, sequence: parts.sequence },
  };
}

/** Throws INVALID_INPUT for an event that was not received by this stream. */
export function indexedOf(stream: string, event: FlatEvent): IndexedEvent {
  const one = indexed(event);
  if (one.stream === stream) return one;
  throw new AppError('INVALID_INPUT', { detail: `record ${one.id} is not of stream ${stream}` });
}
