import { type EventDraft, isPresent } from '../event/draft.ts';
import { canonicalIp } from '../values/ip.ts';
import { canonicalMac } from '../values/mac.ts';
import { setLease } from './lease.ts';

/** `DHCPACK(br0) 10.0.0.5 00:00:5e:00:53:23 laptop`; with `log-dhcp` a transaction number stands before. */
const MESSAGE =
  /^(?:(\d{1,10}) )?(?:available DHCP range: )?(DHCP[A-Z-]{3,20}|BOOTP|SLAAC-CONFIRM|RTR-SOLICIT|RTR-ADVERT)\(([^)]{1,32})\) ?(.{0,512})/;
const ACTIONS: Readonly<Record<string, string>> = {
  DHCPACK: 'assigned',
  DHCPREPLY: 'assigned',
  BOOTP: 'assigned',
  DHCPRELEASE: 'released',
  DHCPDECLINE: 'declined',
  DHCPNAK: 'nak',
};
/** With `log-dhcp`; the transaction's number tells whose name it is. */
const NAMED = /^(\d{1,10}) client provides name: ([^ ]{1,255})/;
const NO_RANGE = /^(?:\d{1,10} )?no address (?:range )?available/;

/** dnsmasq's DHCP server (rfc2131.c and rfc3315.c, `log_packet`): address, client, then a host name or a remark. */
export function readDnsmasqDhcp(text: string, draft: EventDraft): boolean {
  if (NO_RANGE.test(text)) {
    setLease(draft, { action: 'exhausted', reason: text });
    return true;
  }
  const named = NAMED.exec(text);
  if (named) {
    setLease(draft, { action: 'client name', host: named[2] });
    draft.label('transaction_id', named[1]);
    return true;
  }
  const m = MESSAGE.exec(text);
  if (!m) return false;
  const word = m[2] as string;
  const words = (m[4] as string).split(' ');
  let at = 0;
  const ip = canonicalIp(words[0]?.split('/', 1)[0] ?? '') === undefined ? undefined : words[at++];
  const client = words[at] ?? '';
  const mac = canonicalMac(client) === undefined ? undefined : client;
  const duid = mac === undefined && /^(?:[\da-f]{2}:){5,64}[\da-f]{2}$/i.test(client) ? client : undefined;
  if (mac !== undefined || duid !== undefined) at++;
  const rest = words.slice(at).join(' ');
  // A name has no blanks; `wrong network`, `unknown lease` and `no leases left` are remarks.
  const isName = isPresent(rest) && !rest.includes(' ');
  draft.text('observer.ingress.interface.name', m[3]);
  draft.label('transaction_id', m[1]);
  setLease(draft, {
    action: /^no (?:leases left|address available)$/.test(rest)
      ? 'exhausted'
      : (ACTIONS[word] ?? word.toLowerCase().replace(/^dhcp/, '')),
    ip,
    mac,
    duid,
    ...(isName ? { host: rest } : { reason: rest }),
  });
  return true;
}
