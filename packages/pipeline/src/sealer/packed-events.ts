import { siteMappingSchema } from '@logmaster/core/devices';
import type { FlatEvent } from '@logmaster/core/event/event';
import type { RawRecord } from '@logmaster/core/record';
import type { RecordParser } from '@logmaster/parsers/contracts';
import type { Events } from '@logmaster/telemetry/events';
import { readIfPresent } from '../files.ts';
import { NO_MAPPING, ownerInSite, ownersOf } from '../processor/owners.ts';
import { readQuarantine } from '../processor/quarantine.ts';
import { toEvent, unparsed } from '../processor/to-event.ts';
import type { SegmentLayout } from '../segments/layout.ts';

export interface PackedEventsOptions {
  readonly layout: SegmentLayout;
  readonly parser: RecordParser;
  /** IANA zone of stamps that carry none, where the site has none. */
  readonly timeZone: string;
  readonly events: Events;
}

/** What is left as text of records at which the processor crashed: they are not parsed again here. */
const AS_TEXT: RecordParser = { parse: (raw, { receivedAt }) => unparsed(Buffer.from(raw), receivedAt) };

/** Parses a packed day's records as the processor did, with its newest assignment of senders. */
export async function openPackedEvents(
  options: PackedEventsOptions,
): Promise<(record: RawRecord, site: string) => FlatEvent> {
  const { layout, parser, timeZone, events } = options;
  const bytes = await readIfPresent(layout.siteMapping);
  const mapping = bytes === undefined ? NO_MAPPING : siteMappingSchema.parse(JSON.parse(bytes.toString()));
  const owners = ownersOf(mapping);
  const crashed = new Set<string>();
  for (const { id, cause } of await readQuarantine(layout.quarantine)) if (cause === 'crashed') crashed.add(id);
  const onParserFailure = (error: unknown) => events.emit('parser_failed', { err: error });
  return (record, site) => {
    const owner = ownerInSite(mapping, owners, record.sourceAddress, site);
    const chosen = crashed.has(record.id) ? AS_TEXT : parser;
    return toEvent(record, { parser: chosen, owner, timeZone: owner.timeZone ?? timeZone, onParserFailure });
  };
}
