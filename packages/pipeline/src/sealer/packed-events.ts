import { siteMappingSchema } from '@logmaster/core/devices';
import type { FlatEvent } from '@logmaster/core/event/event';
import type { RawRecord } from '@logmaster/core/record';
import type { RecordParser } from '@logmaster/parsers/contracts';
import { readIfPresent } from '../files.ts';
import { GeoFiles } from '../processor/enrichment/geo-files.ts';
import { readIdentities } from '../processor/enrichment/identity-book.ts';
import { type SealedEventsOptions, sealedEvents } from '../processor/events/sealed-events.ts';
import { unparsed } from '../processor/events/to-event.ts';
import { readQuarantine } from '../processor/quarantine/quarantine.ts';
import { NO_MAPPING } from '../processor/routing/owners.ts';
import type { SegmentLayout } from '../segments/layout.ts';

export interface PackedEventsOptions extends Omit<SealedEventsOptions, 'enrichment'> {
  readonly geoipFiles: readonly string[];
  readonly layout: SegmentLayout;
}

/** What is left as text of records at which the processor crashed: they are not parsed again here. */
const AS_TEXT: RecordParser = { parse: (raw, { receivedAt }) => unparsed(Buffer.from(raw), receivedAt) };

/** Parses a packed day's records as the processor did, with its newest assignment of senders. */
export async function openPackedEvents(
  options: PackedEventsOptions,
): Promise<(record: RawRecord, site: string) => FlatEvent> {
  const { layout, geoipFiles, events } = options;
  const bytes = await readIfPresent(layout.siteMapping);
  const mapping = bytes === undefined ? NO_MAPPING : siteMappingSchema.parse(JSON.parse(bytes.toString()));
  const crashed = new Set<string>();
  for (const { id, cause } of await readQuarantine(layout.quarantine)) if (cause === 'crashed') crashed.add(id);
  const geoip = new GeoFiles(geoipFiles, events);
  await geoip.poll();
  const enrichment = { geo: geoip.lookup, identities: await readIdentities(layout.identities) };
  const eventOf = sealedEvents(mapping, { ...options, enrichment: () => enrichment });
  return (record, site) => eventOf(record, site, crashed.has(record.id) ? AS_TEXT : undefined);
}
