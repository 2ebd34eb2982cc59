import { setKind } from '../event/kind.ts';
import { readClockDuration } from '../values/duration.ts';
import { placeOf, readEndpoint, setEndpoint, setPlace } from './endpoint.ts';
import { type Entry, of } from './entries.ts';
import { ENDPOINT, IDENTITY, type MessageReader, setMappedHost, setUser } from './messages.ts';
import { says } from './slots.ts';

const TRANSLATION = new RegExp(
  String.raw`^(Built|Teardown) (dynamic|static) (?:(\w+) )?translation from ${ENDPOINT}${IDENTITY} to ${ENDPOINT}` +
    String.raw`(?: duration (\d{1,6}:\d{1,2}:\d{1,2}))?`,
  'i',
);

/** 305009–305012: `Built dynamic TCP translation from inside:<real> to outside:<mapped>`: who was the public address. */
export const readTranslation: MessageReader = (text, draft) => {
  const m = TRANSLATION.exec(text);
  if (!m) return false;
  const built = (m[1] as string).toLowerCase() === 'built';
  setKind(draft, 'network', built ? 'start' : 'end', m[1] as string);
  draft.label('translation', m[2]);
  draft.transport(m[3]);
  setPlace(draft, 'source', placeOf(m, 4));
  setUser(draft, m[7]);
  draft.text('observer.egress.interface.name', m[8]);
  setMappedHost(draft, 'source', m[9]);
  draft.port('source.nat.port', m[10]);
  if (m[11] !== undefined) draft.duration(readClockDuration(m[11]));
  return true;
};

const PORT_BLOCK =
  /^(Allocated|Released|Pba-interim-logging: Active) (?:(\w{1,12}) )?block of ports for translation from (\S{1,200}(?: ?\([^()]{1,128}\))?) to (\S{1,200})/;

/** 305014, 305015: `Allocated TCP block of ports for translation from inside:a to outside:b/1024-1535`: who was it for a time. */
export const readPortBlock: MessageReader = (text, draft) => {
  const m = PORT_BLOCK.exec(text);
  if (!m) return false;
  const word = (m[1] as string).toLowerCase();
  const type = word === 'allocated' ? 'start' : word === 'released' ? 'end' : 'info';
  setKind(draft, 'network', type, type === 'info' ? 'active' : word);
  draft.transport(m[2]);
  setEndpoint(draft, 'source', readEndpoint(m[3] as string));
  const mapped = readEndpoint((m[4] as string).replace(/\.$/, ''));
  draft.text('observer.egress.interface.name', mapped.intf);
  setMappedHost(draft, 'source', mapped.host);
  draft.label('port_block', mapped.service ?? mapped.port);
  return true;
};

const FAILED = ['network', 'denied', 'translation failed'] as const;

/** Translations that could not be made, or were made for a single packet. */
export const UNTRANSLATED: readonly Entry[] = [
  of('305005', says(FAILED, 'No translation group found for {transport} src {source} dst {destination}')),
  of(
    '305006',
    says(
      FAILED,
      '{translation} translation creation failed for {transport} src {source} dst {destination} (type {icmp_type}, code {icmp_code})',
      '{translation} translation creation failed for {transport} src {source} dst {destination}',
    ),
  ),
  of(
    '305013',
    says(
      FAILED,
      'Asymmetric NAT rules matched for forward and reverse flows; Connection for {transport} src {source} dst {destination} denied due to {reason}',
      'Asymmetric NAT rules matched for forward and reverse flows; Connection {transport} src {source} dst {destination} denied due to {reason}',
    ),
  ),
  of('305016', says(FAILED, 'Unable to create {transport} connection from {source} to {destination} due to {reason}')),
  of('305017', readPortBlock),
  of(
    '305018',
    says(
      ['network', 'info', 'translated'],
      'MAP translation from {source} - {destination} to {mapped} - {mapped_destination}',
      'MAP translation from {source}-{destination} to {mapped}-{mapped_destination}',
    ),
  ),
];
