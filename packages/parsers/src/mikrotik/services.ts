import type { EventDraft } from '../event/draft.ts';
import { setKind } from '../event/kind.ts';
import { says } from './slots.ts';

type Reader = (text: string, draft: EventDraft) => boolean;

const anyOf =
  (...readers: readonly Reader[]): Reader =>
  (text, draft) =>
    readers.some((read) => read(text, draft));

/** `ether5 link up (speed 1G, full duplex)` */
export const readInterface: Reader = anyOf(
  says(['network', 'info', 'link up'], '{in} link up[ ({speed})]'),
  says(['network', 'info', 'link down'], '{in} link down'),
);

const NEGOTIATION = ['network', 'error', 'negotiation failed', 'failure'] as const;
/** racoon's and IKEv2's words for tunnels. */
export const readIpsec: Reader = anyOf(
  says(
    ['network', 'start', 'established', 'success'],
    'ISAKMP-SA established {source}-{destination} spi:{spi}',
    'IPsec-SA established: {protocol} {source}->{destination} spi={spi}',
    // Our own end stands first: the responder's peer is who opened the tunnel.
    'new ike2 SA (R): {peer} {destination}-{source} spi:{spi}',
    'new ike2 SA (I): {peer} {source}-{destination} spi:{spi}',
    'peer authorized: {peer} {source}-{destination} spi:{spi}',
  ),
  says(
    ['network', 'end', 'deleted'],
    'ISAKMP-SA deleted {source}-{destination} spi:{spi}',
    'killing ike2 SA: {peer} {source}-{destination} spi:{spi}',
    'killing ike2 SA: {source}-{destination} spi:{spi}',
  ),
  says(
    ['network', 'info', 'negotiation'],
    'respond new phase {phase} ({mode}): {destination}<=>{source}',
    'initiate new phase {phase} ({mode}): {source}<=>{destination}',
    'respond new phase {phase}: {destination}<=>{source}',
    'initiate new phase {phase}: {source}<=>{destination}',
  ),
  readFailure,
  says(NEGOTIATION, '{source} failed to {reason}', '{source} parsing packet failed, {reason}'),
);

const FAILURE =
  /^phase\d negotiation failed due to (.{1,80}?)\.? ([\da-fA-F.:]{2,45})\[(\d{1,5})\]<=>([\da-fA-F.:]{2,45})\[(\d{1,5})\]/;

/** `phase1 negotiation failed due to time up 198.51.100.1[500]<=>203.0.113.5[500] cookie` */
function readFailure(text: string, draft: EventDraft): boolean {
  const m = FAILURE.exec(text);
  if (!m) return false;
  setKind(draft, ...NEGOTIATION);
  draft.text('event.reason', m[1]);
  draft.ip('source.ip', m[2]);
  draft.port('source.port', m[3]);
  draft.ip('destination.ip', m[4]);
  draft.port('destination.port', m[5]);
  return true;
}

const PROXY = /^([\da-fA-F.:]{2,45}) ([A-Z]{3,16}) (\S{1,2048}) {1,4}action=(\w{1,16})(?: cache=(\w{1,16}))?/;

/** `10.0.0.5 GET http://example.com/  action=allow cache=MISS` */
export function readProxy(text: string, draft: EventDraft): boolean {
  const m = PROXY.exec(text);
  if (!m) return false;
  const { event } = draft;
  event['event.category'] = 'web';
  event['event.type'] = m[4] === 'allow' ? 'allowed' : 'denied';
  event['event.action'] = m[4] as string;
  draft.ip('source.ip', m[1]);
  draft.text('http.request.method', m[2]);
  draft.text('url.original', m[3]);
  draft.text('url.domain', /^(?:\w{2,8}:\/\/)?([\w.-]{1,253})/.exec(m[3] as string)?.[1]);
  draft.label('cache', m[5]);
  return true;
}

const CHANGE = /^(.{1,200}?) (added|changed|removed|moved|enabled|disabled|set) by (.{1,200})/;
const WORDS = new Map([
  ['added', 'creation'],
  ['removed', 'deletion'],
]);

/** `filter rule changed by admin`, in version 7 `… by tcp-msg(winbox):admin@10.0.0.5/action:12 (/ip firewall filter set …)`. */
export function readChange(text: string, draft: EventDraft): boolean {
  const m = CHANGE.exec(text);
  if (!m) return false;
  const { event } = draft;
  event['event.category'] = 'configuration';
  event['event.type'] = WORDS.get(m[2] as string) ?? 'change';
  event['event.action'] = m[2] as string;
  draft.label('item', m[1]);
  const [who = '', command] = (m[3] as string).split(' (', 2);
  const place = /^(?:([\w()./-]{1,64}):)?([^@/\s]{1,64})@([\da-fA-F.:]{2,45})/.exec(who);
  draft.text('user.name', place?.[2] ?? who.split(/[/\s]/, 1)[0]);
  draft.text('network.protocol', /\((\w{1,16})\)/.exec(place?.[1] ?? '')?.[1]);
  draft.ip('source.ip', place?.[3]);
  draft.label('command', command?.replace(/\)$/, ''));
  return true;
}
