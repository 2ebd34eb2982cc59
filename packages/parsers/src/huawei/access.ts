import type { EventDraft } from '../event/draft.ts';
import { setKind } from '../event/kind.ts';
import { label, type Setter, text } from '../event/setters.ts';

const HEAD = /\[(USER_INFO_\w{1,32})\]/y;
const MAX_PAIRS = 48;

const FIELDS: ReadonlyMap<string, Setter> = new Map<string, Setter>([
  ['USER', text('user.name')],
  ['MAC', (draft, value) => draft.mac('source.mac', value)],
  ['IPADDRESS', (draft, value) => draft.ip('source.ip', value === '-' ? undefined : value)],
  ['DEVICENAME', text('observer.hostname')],
  ['IFNAME', text('observer.ingress.interface.name')],
  ['VLAN', text('network.vlan.id')],
]);

/**
 * Who came to the network by 802.1X, MAC, portal or PPPoE and left it (CM module of AC, AR and S devices):
 * `[USER_INFO_AUTHENTICATION]DEVICEMAC:…;DEVICENAME:…;USER:ayse;MAC:…;IPADDRESS:…;RESULT:success;ACCESS TYPE:portal;…`
 */
export function readAccess(said: string, draft: EventDraft): boolean {
  HEAD.lastIndex = 0;
  const kind = HEAD.exec(said)?.[1];
  if (kind === undefined) return false;
  let result = '';
  for (const pair of said.slice(HEAD.lastIndex).split(';', MAX_PAIRS)) {
    const colon = pair.indexOf(':');
    if (colon < 1) continue;
    const name = pair.slice(0, colon).trim();
    const value = pair.slice(colon + 1).trim();
    if (name === 'RESULT') result = value;
    (FIELDS.get(name.toUpperCase()) ?? label(name.replaceAll(' ', '_').slice(0, 64)))(draft, value);
  }
  const failed = /fail|reject|deny/i.test(result);
  const ends = /OFFLINE|LOGOUT/.test(kind);
  setKind(draft, 'authentication', ends ? 'end' : 'start', kind, ends ? undefined : failed ? 'failure' : 'success');
  if (failed) draft.text('event.reason', result);
  return true;
}
