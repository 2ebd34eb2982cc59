import type { FlatEvent } from '@logmaster/core/event/event';
import type { Micros } from '@logmaster/core/time';
import type { TrialRecord } from './trial.ts';

/** The record behind an event of the index, by its raw text. */
export function recordOfEvent(event: FlatEvent, timeZone: string): TrialRecord {
  return {
    raw: Buffer.from(event['event.original'] ?? event.message ?? ''),
    receivedAt: event['logmaster.received_at'] ?? (event['@timestamp'] as Micros),
    timeZone,
    source: event['log.source.address'] ?? '',
    deviceId: event['logmaster.device.id'],
    siteId: event['logmaster.site.id'],
  };
}

/** A raw record that somebody gives. */
export function recordOfText(text: string, receivedAt: Micros, timeZone: string): TrialRecord {
  return { raw: Buffer.from(text), receivedAt, timeZone, source: '' };
}
