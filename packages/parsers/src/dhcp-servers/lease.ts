import type { EventDraft } from '../event/draft.ts';
import { setKind } from '../event/kind.ts';
import { macOfDuid } from '../values/duid.ts';

/** What a server's line says about a lease. All parts but the action as written. */
export interface Lease {
  readonly action: string;
  readonly ip?: string | undefined;
  readonly mac?: string | undefined;
  readonly host?: string | undefined;
  /** Of DHCPv6. */
  readonly duid?: string | undefined;
  readonly seconds?: string | undefined;
  readonly reason?: string | undefined;
}

/** An address is someone's from `assigned` or `renewed` until one of the ends; all other messages promise nothing. */
const TYPES: ReadonlyMap<string, string> = new Map([
  ['assigned', 'start'],
  ['renewed', 'start'],
  ['released', 'end'],
  ['expired', 'end'],
  ['declined', 'end'],
  ['deleted', 'end'],
  ['nak', 'denied'],
  ['exhausted', 'error'],
  ['conflict', 'error'],
]);

/** Address, MAC, host and length of a lease. The MAC of a DHCPv6 client is taken out of its DUID when it is there. */
export function setLease(draft: EventDraft, lease: Lease): void {
  setKind(draft, 'network', TYPES.get(lease.action) ?? 'info', lease.action);
  draft.event['network.protocol'] = 'dhcp';
  draft.ip('source.ip', withoutPrefixLength(lease.ip));
  if (lease.duid !== undefined) {
    draft.label('duid', lease.duid);
    const mac = macOfDuid(lease.duid);
    if (mac !== undefined) draft.event['source.mac'] = mac;
  }
  setHardware(draft, lease.mac);
  draft.text('host.name', lease.host);
  if (draft.event['event.type'] === 'start') draft.label('lease_seconds', lease.seconds);
  draft.text('event.reason', lease.reason);
}

/** Not all hardware has six bytes (Infiniband, and the EUI-64 of Firewire): then it is a label. */
function setHardware(draft: EventDraft, mac: string | undefined): void {
  if (mac === undefined) return;
  if (mac.length === 17 || mac.length === 12 || mac.length === 14) draft.mac('source.mac', mac);
  else draft.label('hardware_address', mac);
}

/** `2001:db8::5/128`, as odhcpd and delegated prefixes are written. */
function withoutPrefixLength(ip: string | undefined): string | undefined {
  const slash = ip?.indexOf('/') ?? -1;
  return slash < 0 ? ip : ip?.slice(0, slash);
}
