import type { EventDraft } from '../event/draft.ts';
import { setLease } from './lease.ts';

/** busybox udhcpd: `Sending ACK to 10.0.0.5`, and with newer releases the client's MAC behind it. */
const UDHCPD =
  /^(?:[Ss]ending|[Rr]eceived) (OFFER|ACK|NAK|INFORM|DISCOVER|REQUEST|RELEASE|DECLINE)(?: (?:of|to|from) ([\d.]{7,15}))?(?:[ ,]{1,2}(?:to|for|from)? ?([\da-fA-F:]{17}))?/;
/** odhcpd: `DHCPV6 REQUEST IA_NA from 000300010005… on br-lan: ok 2001:db8::5/128 ` */
const ODHCPD =
  /^DHCPV([46]) (\w{3,20}) (?:(IA_NA|IA_PD) )?from ([\da-fA-F:]{12,260}) on ([\w.-]{1,16}): (\w{1,32})(?: ([\da-fA-F.:]{2,45}(?:\/\d{1,3})?))?/;

/** The DHCP servers of small routers. */
export function readOpenwrt(text: string, draft: EventDraft): boolean {
  const v4 = UDHCPD.exec(text);
  if (v4) {
    const word = v4[1] as string;
    const action = word === 'ACK' ? 'assigned' : word === 'RELEASE' ? 'released' : word.toLowerCase();
    setLease(draft, { action, ip: v4[2], mac: v4[3] });
    return true;
  }
  const m = ODHCPD.exec(text);
  if (!m) return false;
  const [, version, word = '', , client, name, status, ip] = m;
  const gives = /^(?:REQUEST|RENEW|REBIND)$/.test(word) && status === 'ok';
  const action = gives ? 'assigned' : word === 'RELEASE' ? 'released' : word.toLowerCase();
  setLease(draft, { action, ip, ...(version === '6' ? { duid: client } : { mac: client }), reason: status });
  draft.text('observer.ingress.interface.name', name);
  return true;
}
