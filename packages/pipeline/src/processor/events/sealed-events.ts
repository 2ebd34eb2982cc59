import type { SiteMapping } from '@logmaster/core/devices';
import type { FlatEvent } from '@logmaster/core/event/event';
import type { RawRecord } from '@logmaster/core/record';
import type { RecordParser } from '@logmaster/parsers/contracts';
import type { Enrichment } from '@logmaster/parsers/enrichment/enrich-event';
import type { Events } from '@logmaster/telemetry/events';
import { ownersOf } from '../routing/owners.ts';
import { toEvent } from './to-event.ts';

export interface SealedEventsOptions {
  readonly parser: RecordParser;
  /** IANA zone of stamps that carry none, where the site has none. */
  readonly timeZone: string;
  /** What is known now: GeoIP files, and who was behind an address. */
  readonly enrichment: () => Enrichment;
  readonly events: Events;
}

/** Makes the event of a record that was routed to `site` before. Another parser may be named for one record. */
export type SealedEvents = (record: RawRecord, site: string, parser?: RecordParser) => FlatEvent;

/** Records that are stored already as events, with what the assignment of senders says of them. */
export function sealedEvents(mapping: SiteMapping, options: SealedEventsOptions): SealedEvents {
  const { timeZone, events, enrichment } = options;
  const owners = ownersOf(mapping);
  const onParserFailure = (error: unknown) => events.emit('parser_failed', { err: error });
  return (record, site, parser = options.parser) => {
    const owner = owners.inSite(record.sourceAddress, site);
    const zone = owner.timeZone ?? timeZone;
    return toEvent(record, { parser, owner, timeZone: zone, enrichment: enrichment(), onParserFailure });
  };
}

/** The same under the newest mapping at each call; what is made of a mapping is made once. */
export function newestSealedEvents(newest: () => SiteMapping, options: SealedEventsOptions): SealedEvents {
  let made: { readonly mapping: SiteMapping; readonly eventOf: SealedEvents } | undefined;
  return (record, site, parser) => {
    const mapping = newest();
    if (made?.mapping !== mapping) made = { mapping, eventOf: sealedEvents(mapping, options) };
    return made.eventOf(record, site, parser);
  };
}
