import type { EventDraft } from '../event/draft.ts';
import { setKind } from '../event/kind.ts';

const ADDRESS = String.raw`[\da-fA-F.:]{2,45}`;
const LEASE = new RegExp(
  String.raw`^DHCP(DISCOVER|OFFER|REQUEST|ACK|NAK|RELEASE|DECLINE|INFORM)(?: (?:on|for|of) (${ADDRESS}))?(?: \(${ADDRESS}\))?` +
    String.raw`(?: (?:from|to) ([\da-fA-F:]{17}))?(?: \(([^)]{0,128})\))?(?: via (\S{1,64}))?`,
);
/** Only these give or end a lease; the others promise nothing yet. */
const WORDS: Readonly<Record<string, readonly [action: string, type: string]>> = {
  ACK: ['assigned', 'start'],
  RELEASE: ['released', 'end'],
};

/**
 * The words of isc-dhcpd, which firewalls' own DHCP servers use too: `DHCPACK on 10.0.0.7 to 00:00:5e:00:53:77 (phone) via
 * eth1`. False when the text is none of them.
 */
export function readLeaseText(said: string, draft: EventDraft): boolean {
  if (!said.startsWith('DHCP')) return false;
  const m = LEASE.exec(said);
  if (!m) return false;
  const word = m[1] as string;
  const [action, type] = WORDS[word] ?? [word.toLowerCase(), 'info'];
  setKind(draft, 'network', type, action);
  draft.event['network.protocol'] = 'dhcp';
  draft.ip('source.ip', m[2]);
  draft.mac('source.mac', m[3]);
  draft.text('host.name', m[4]);
  draft.text('observer.ingress.interface.name', m[5]?.replace(/:$/, ''));
  return true;
}
