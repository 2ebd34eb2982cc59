import type { EventDraft } from '../event/draft.ts';
import { type Lease, setLease } from './lease.ts';

const IP = String.raw`([\da-fA-F.:]{2,45})`;
const PREFIX = String.raw`(?:\/\d{1,3})?`;

interface Form {
  readonly pattern: RegExp;
  readonly action: string;
  /** Which group is what; a missing one is 0. */
  readonly ip: number;
  readonly server?: number;
  readonly name?: number;
  readonly seconds?: number;
}

/** The sentences of the clients on a gateway, which tell the address that its provider gave it. */
const FORMS: readonly Form[] = [
  // dhclient (ISC client/dhclient.c), FreeBSD's too
  { pattern: new RegExp(`^DHCPACK (?:of ${IP} )?from ${IP}`), action: 'assigned', ip: 1, server: 2 },
  { pattern: new RegExp(`^DHCPNAK from ${IP}`), action: 'nak', ip: 0, server: 1 },
  {
    pattern: new RegExp(`^DHCPREQUEST (?:for|of) ${IP} on ([\\w.-]{1,16}) to ${IP}`),
    action: 'request',
    ip: 1,
    name: 2,
    server: 3,
  },
  {
    pattern: new RegExp(`^DHCPRELEASE (?:of ${IP} )?on ([\\w.-]{1,16}) to ${IP}`),
    action: 'released',
    ip: 1,
    name: 2,
    server: 3,
  },
  { pattern: new RegExp(`^bound to ${IP}(?: -- renewal in (\\d{1,10}) seconds)?`), action: 'assigned', ip: 1 },
  // busybox udhcpc
  {
    pattern: new RegExp(`^(?:udhcpc: )?[Ll]ease of ${IP} obtained(?: from ${IP})?(?:, lease time (\\d{1,10}))?`),
    action: 'assigned',
    ip: 1,
    server: 2,
    seconds: 3,
  },
  // dhcpcd, dhcp6c
  {
    pattern: new RegExp(`^([\\w.-]{1,16}): leased ${IP} for (\\d{1,10}) seconds`),
    action: 'assigned',
    name: 1,
    ip: 2,
    seconds: 3,
  },
  { pattern: new RegExp(`^add an address ${IP}${PREFIX} on ([\\w.-]{1,16})`), action: 'assigned', ip: 1, name: 2 },
  { pattern: new RegExp(`^remove an address ${IP}${PREFIX} on ([\\w.-]{1,16})`), action: 'released', ip: 1, name: 2 },
  // systemd-networkd: `eth0: DHCPv4 address 10.0.0.5/24, gateway 10.0.0.1 acquired from 10.0.0.1`, `… via 10.0.0.1`
  {
    pattern: new RegExp(
      `^([\\w.-]{1,16}): DHCPv[46] address ${IP}${PREFIX}(?:, gateway [\\da-fA-F.:]{2,45})?(?: (?:acquired from|via) ${IP})?`,
    ),
    action: 'assigned',
    name: 1,
    ip: 2,
    server: 3,
  },
  { pattern: /^([\w.-]{1,16}): DHCP lease lost/, action: 'expired', name: 1, ip: 0 },
  // NetworkManager: `<info>  [1795452991.1234] dhcp4 (eth0): state changed new lease, address=10.0.0.5`
  {
    pattern: new RegExp(
      `^(?:<\\w{1,8}> {1,3}\\[[\\d.]{1,24}\\] )?dhcp[46] \\(([\\w.-]{1,16})\\):.{1,64}? address=${IP}`,
    ),
    action: 'assigned',
    name: 1,
    ip: 2,
  },
];

/** False: a remark without an address. */
export function readClient(text: string, draft: EventDraft): boolean {
  const said = text.slice(0, 400);
  for (const { pattern, action, ip, server, name, seconds } of FORMS) {
    const m = pattern.exec(said);
    if (!m) continue;
    const lease: Lease = { action, ip: m[ip || m.length], seconds: m[seconds ?? m.length] };
    setLease(draft, lease);
    draft.label('server', m[server ?? m.length]);
    draft.text('observer.ingress.interface.name', m[name ?? m.length]);
    return true;
  }
  return false;
}
