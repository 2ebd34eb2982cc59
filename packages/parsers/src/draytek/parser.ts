import type { EventDraft } from '../event/draft.ts';
import { setKind } from '../event/kind.ts';
import { type ServerProduct, setServer } from '../programs/server.ts';
import type { VendorInput, VendorParser } from '../vendor.ts';
import { isPacket, readPacket } from './packets.ts';
import { readClient, readLease, readTunnel } from './users.ts';

/** What a record says that only these routers write so. Newer versions write the router's MAC address before it. */
export const MARKS = ['[FILTER][', '[CSM_', '[DOS][', '[L2L][', '[H2L][', '[DHCP] Vigor ', 'Local User'] as const;
const VIGOR: ServerProduct = { dataset: 'draytek.vigor', vendor: 'DrayTek', product: 'Vigor', type: 'router' };
const ROUTER = /([\da-f]{12}): ?/iy;

/** Where the router's own words begin, behind its MAC address; −1: it is not one of ours. */
function placeOf({ text, messageAt }: VendorInput): number {
  ROUTER.lastIndex = messageAt;
  const at = messageAt + (ROUTER.exec(text)?.[0].length ?? 0);
  return MARKS.some((mark) => text.startsWith(mark, at)) ? at : -1;
}

/**
 * DrayTek Vigor (DrayOS): its knowledge base, "Syslog about Firewall and Content Security Management". The tag, or the
 * host before the message, is the name that the router was given.
 */
export const draytekParser: VendorParser = {
  name: 'draytek_vigor',

  recognises: (input) => placeOf(input) >= 0,

  read(input, draft) {
    const at = placeOf(input);
    setServer(draft, VIGOR);
    if (!draft.has('observer.name')) draft.text('observer.name', draft.event['log.syslog.appname']);
    if (at > input.messageAt) draft.label('router_mac', input.text.slice(input.messageAt, input.messageAt + 12));
    readMessage(input.text.slice(Math.max(at, input.messageAt)), draft);
    return undefined;
  },
};

function readMessage(text: string, draft: EventDraft): void {
  const tag = /^\[(\w{1,16})\]/.exec(text)?.[1] ?? '';
  if (isPacket(tag)) readPacket(text, draft);
  else if (tag === 'L2L' || tag === 'H2L') readTunnel(text, draft);
  else if (tag === 'DHCP') readLease(text, draft);
  else if (!readClient(text, draft)) setKind(draft, 'network', 'info', tag || 'local user');
}
