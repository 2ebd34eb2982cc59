import type { EventDraft } from '../event/draft.ts';
import { setKind } from '../event/kind.ts';
import { says } from './slots.ts';

const LEASE =
  /^([^:]{1,64}?) (assigned|deassigned|offering lease) ([\da-fA-F.:]{2,45}) (?:to|for|from) ([\da-fA-F:-]{17})(?: {1,4}(.{1,128}))?$/;

const OTHERS = [
  says(['network', 'start', 'assigned'], 'dhcp-client on {in} got IP address {source.ip}'),
  says(['network', 'end', 'released'], 'dhcp-client on {in} lost IP address {source.ip}[ - {reason}]'),
  says(
    ['network', 'error', 'unknown server'],
    'dhcp alert on {in}: discovered unknown dhcp server, mac {mac}, ip {source.ip}',
  ),
];

/** `dhcp1 assigned 10.0.0.5 for AA:BB:CC:DD:EE:FF laptop` (RouterOS 7), `… to AA:…` (6). */
export function readLease(text: string, draft: EventDraft): boolean {
  const m = LEASE.exec(text);
  const fits = m !== null || OTHERS.some((read) => read(text, draft));
  if (!fits) return false;
  draft.event['network.protocol'] = 'dhcp';
  if (!m) return true;
  const offered = m[2] === 'offering lease';
  const assigned = m[2] === 'assigned';
  if (offered) setKind(draft, 'network', 'info', 'offered');
  else setKind(draft, 'network', assigned ? 'start' : 'end', assigned ? 'assigned' : 'released');
  draft.label('dhcp_server', m[1]);
  draft.ip('source.ip', m[3]);
  draft.mac('source.mac', m[4]);
  if (offered) draft.text('event.reason', m[5]);
  else draft.text('host.name', m[5]?.replaceAll('"', '').trim());
  return true;
}
