import type { EventDraft } from '../event/draft.ts';
import { dropIcmpPorts } from '../event/icmp.ts';
import { setKind } from '../event/kind.ts';
import { addTotals } from '../event/totals.ts';
import { setUrl } from '../event/url.ts';
import type { VendorInput, VendorTime } from '../vendor.ts';
import { readDecision, readMessage } from './mobile-access-message.ts';
import { setEnd, writtenAt } from './mobile-access-values.ts';

/** Users stand as `(ayse)@(Realm)` in all logs. */
const REALM = ')@(';
const HEAD = 512;
const USER = String.raw`\(([^)]{1,128})\)@\(([^)]{0,128})\)`;
/** `10.0.0.5:51514 - "(ayse)@(AD)" "23/Nov/2026:19:56:31.073 +0300" 1.2 flow:tcp 10.0.0.80:443 0 5436 129963 125 W"…"` */
const TUNNEL = new RegExp(
  String.raw`([\da-fA-F.:[\]]{2,64}) - "${USER}" "([^"]{8,48})" ([\d.]{1,8}) (tunnel|flow:\w{1,16}) ([\da-fA-F.:,[\]]{2,128}) (-?\d{1,10}) (\d{1,16}) (\d{1,16}) (\d{1,9})(?: (\w{1,8})"([^"]{0,128})"?)?`,
  'y',
);
/** `10.0.0.5 - (ayse)@(AD) [11/23/2026 19:56:31.115 +0300] "GET /workplace HTTP/1.1" 200 15424` */
const REQUEST = new RegExp(
  String.raw`([\da-fA-F.:[\]]{2,64}) - "?${USER}"? \[([^\]]{8,48})\] "([A-Z]{3,16}) ([^" ]{1,2048})(?: [^"]{0,16})?" (\d{3}) (\d{1,16}|-)`,
  'y',
);
type Reader = (input: VendorInput, draft: EventDraft) => VendorTime | undefined | false;

/** SonicWall Secure Mobile Access 1000: tunnels and their flows, requests of its portal, decisions of its policy. */
export function isMobileAccess({ text, messageAt }: VendorInput): boolean {
  const head = text.slice(messageAt, messageAt + HEAD);
  if (!head.includes(REALM)) return false;
  TUNNEL.lastIndex = 0;
  REQUEST.lastIndex = 0;
  return TUNNEL.test(head) || REQUEST.test(head) || head.includes("connecting from '") || head.includes("User='(");
}

const READERS: readonly Reader[] = [readTunnel, readRequest, readDecision, readMessage];

export function readMobileAccess(input: VendorInput, draft: EventDraft): VendorTime | undefined {
  const { event } = draft;
  event['event.dataset'] = 'sonicwall.sma';
  event['observer.vendor'] = 'SonicWall';
  event['observer.product'] = 'Secure Mobile Access';
  event['observer.type'] = 'firewall';
  for (const read of READERS) {
    const time = read(input, draft);
    if (time !== false) return time;
  }
  return undefined;
}

/** A tunnel or a connection in one, when it is over; the time is that of its beginning. */
function readTunnel({ text, messageAt, header }: VendorInput, draft: EventDraft): VendorTime | undefined | false {
  TUNNEL.lastIndex = messageAt;
  const m = TUNNEL.exec(text);
  if (m === null) return false;
  const [
    ,
    source,
    user,
    realm,
    begun = '',
    version,
    kind = '',
    target = '',
    error,
    received,
    sent,
    seconds,
    platform,
    id,
  ] = m;
  const [action, protocol] = kind.split(':', 2) as [string, string | undefined];
  setKind(draft, 'network', 'end', action);
  setEnd(draft, 'source', source);
  if (protocol === undefined) draft.label('assigned_ip', target);
  else {
    draft.transport(protocol === 'icmpv6' ? 'ipv6-icmp' : protocol);
    setEnd(draft, 'destination', target);
  }
  draft.text('user.name', user);
  draft.text('user.domain', realm);
  draft.long('source.bytes', received);
  draft.long('destination.bytes', sent);
  draft.seconds(seconds);
  draft.label('tunnel_version', version);
  draft.label('error', error);
  draft.label('platform', platform);
  draft.label('equipment_id', id);
  dropIcmpPorts(draft);
  addTotals(draft);
  const start = () => writtenAt(begun);
  return header.time ? { start } : { start, written: start };
}

function readRequest({ text, messageAt }: VendorInput, draft: EventDraft): VendorTime | undefined | false {
  REQUEST.lastIndex = messageAt;
  const m = REQUEST.exec(text);
  if (m === null) return false;
  const [, source, user, realm, at = '', method, url = '', status, bytes] = m;
  setKind(draft, 'web', status === '403' || status === '401' ? 'denied' : 'allowed', 'request');
  setEnd(draft, 'source', source);
  draft.text('user.name', user);
  draft.text('user.domain', realm);
  draft.text('http.request.method', method);
  draft.long('http.response.status_code', status);
  draft.long('destination.bytes', bytes);
  if (url.startsWith('/')) {
    draft.text('url.original', url);
    draft.text('url.path', url.split('?', 1)[0]);
  } else setUrl(draft, url);
  return { written: () => writtenAt(at) };
}
