import type { Events } from '@logmaster/telemetry/events';
import type { ReaderEvents } from './reader.ts';

/** What a journal reader finds, as telemetry. */
export function readerEvents(events: Events, stream: string): ReaderEvents {
  return {
    lost: (range) => events.emit('journal_lost', { stream, ...range }),
    tornTail: (tail) => events.emit('journal_torn_tail', { stream, ...tail }),
    missing: (journal) => events.emit('journal_missing', { stream, journal }),
  };
}
