import type { FlatEvent } from '@logmaster/core/event/event';
import type { RawRecord } from '@logmaster/core/record';
import type { Micros } from '@logmaster/core/time';
import type { RecordParser } from '@logmaster/parsers/contracts';
import { type Enrichment, enrichEvent } from '@logmaster/parsers/enrichment/enrich-event';
import type { Owner } from '../routing/owners.ts';

export interface EventContext {
  readonly parser: RecordParser;
  readonly owner: Owner;
  /** IANA zone of stamps that carry none. */
  readonly timeZone: string;
  readonly enrichment: Enrichment;
  readonly onParserFailure: (error: unknown) => void;
}

/** A received record as the event that is indexed: by the processor from the journal, by a rebuild from the archive. */
export function toEvent(record: RawRecord, context: EventContext): FlatEvent {
  const event = parse(record, context);
  const { owner } = context;
  event['log.source.address'] = record.sourceAddress;
  event['logmaster.record.id'] = record.id;
  event['logmaster.received_at'] = record.receivedAt;
  event['logmaster.transport'] = record.transport;
  event['logmaster.site.id'] = owner.site;
  if (record.flags !== '') event['logmaster.flags'] = record.flags;
  if (owner.deviceId !== undefined) event['logmaster.device.id'] = owner.deviceId;
  if (owner.deviceName !== undefined) {
    // What the device calls itself stays visible beside the name it was approved under.
    if (event['observer.name'] !== undefined) event['observer.hostname'] ??= event['observer.name'];
    event['observer.name'] = owner.deviceName;
  }
  enrichEvent(event, owner, context.enrichment);
  return event;
}

/** The parser's contract is not to throw; if it does all the same, the record must not be lost to it. */
function parse(record: RawRecord, context: EventContext): FlatEvent {
  try {
    return context.parser.parse(record.raw, {
      receivedAt: record.receivedAt,
      timeZone: context.timeZone,
      source: record.sourceAddress,
      deviceId: context.owner.deviceId,
      siteId: context.owner.site,
    });
  } catch (error) {
    context.onParserFailure(error);
    return unparsed(record.raw, record.receivedAt);
  }
}

/** The event of a record at which the parser failed. */
export function unparsed(raw: Buffer, receivedAt: Micros): FlatEvent {
  const text = raw.toString('utf8');
  return {
    '@timestamp': receivedAt,
    message: text,
    'event.original': text,
    'logmaster.parse.status': 'failed',
    'logmaster.parse.errors': 'record: the parser failed',
  };
}
