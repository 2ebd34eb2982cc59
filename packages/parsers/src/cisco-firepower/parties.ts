import type { EventDraft } from '../event/draft.ts';
import { readEndpoint } from '../values/endpoint.ts';
import { readTransport } from '../values/transport.ts';

/** `10.1.1.5:51000 (united states)`; the country may be missing, as it is for private addresses. */
const PARTY = String.raw`([\da-fA-F.:[\]]{2,60})(?: ?\(([^()]{1,64})\))?`;
const PARTIES = new RegExp(String.raw`${PARTY} ?-> ?${PARTY}(?: \(([\w -]{1,20})\))?`);
const PROTOCOL = /\{([\w -]{1,20})\} ?$/;
/** Always with a port. */
const PORTED = new Set(['tcp', 'udp', 'sctp']);
/** From how far back the protocol is looked for. */
const MAX_PROTOCOL = 24;
/** How long two parties can be. */
const MAX_PARTIES = 400;

/** `{tcp} 10.1.1.5:51000 -> 203.0.113.8:80`, or with the protocol behind: `… (tcp)`. False: there are no parties. */
export function setParties(draft: EventDraft, text: string): boolean {
  const arrow = text.indexOf('->');
  if (arrow < 0) return false;
  const from = Math.max(0, arrow - MAX_PARTIES / 2);
  const m = PARTIES.exec(text.slice(from, from + MAX_PARTIES));
  if (!m) return false;
  const at = from + m.index;
  const protocol = PROTOCOL.exec(text.slice(Math.max(0, at - MAX_PROTOCOL), at))?.[1]?.trim() ?? m[5];
  setProtocol(draft, protocol);
  setParty(draft, 'source', m[1] as string, m[2]);
  setParty(draft, 'destination', m[3] as string, m[4]);
  return true;
}

function setProtocol(draft: EventDraft, protocol: string | undefined): void {
  if (protocol === undefined) return;
  if (readTransport(protocol).number === undefined) draft.label('protocol', protocol);
  else draft.transport(protocol);
}

function setParty(
  draft: EventDraft,
  side: 'source' | 'destination',
  written: string,
  country: string | undefined,
): void {
  const party = readEndpoint(written, PORTED.has(draft.event['network.transport'] ?? ''));
  draft.ip(`${side}.ip`, party?.ip ?? written);
  draft.port(`${side}.port`, party?.port);
  if (country !== 'unknown') draft.text(`${side}.geo.country_name`, country);
}
