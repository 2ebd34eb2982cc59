import type { EventDraft } from '../event/draft.ts';
import { LEVELS } from '../syslog/severity.ts';
import type { VendorTime } from '../vendor.ts';
import { writtenClf } from '../web-log/combined.ts';
import { readPacket } from './packet.ts';
import { readPrefix } from './prefix.ts';

/** `117 6 tap117i0-IN 23/Nov/2026:19:56:31 +0300 policy DROP: IN=…`: machine (0: the host), level, chain, time, what became of it. */
const HEAD =
  /(\d{1,9}) ([0-7]) ([\w.+-]{1,64}) (\d{1,2}\/[A-Z][a-z]{2}\/\d{4}:[\d:]{8} [+-]\d{4}) (?:((?:policy )?(?:ACCEPT|DROP|REJECT)): )?(?=(?:IN|OUT)=)/y;

export function isProxmoxPacket(text: string, at: number): boolean {
  HEAD.lastIndex = at;
  return HEAD.test(text);
}

/** The firewall log of Proxmox VE (pve-firewall, pvefw-logger.c): a packet names only the interface that there is. */
export function readProxmoxPacket(text: string, at: number, draft: EventDraft): VendorTime | undefined {
  HEAD.lastIndex = at;
  const m = HEAD.exec(text);
  if (!m) return undefined;
  const [, machine, level, chain = '', time = '', verdict] = m;
  readPrefix(verdict ?? '', draft);
  draft.event['log.level'] = LEVELS[Number(level)] as string;
  // A verdict alone names no rule.
  if (verdict?.startsWith('policy') !== true) draft.drop('rule.name');
  draft.event['observer.vendor'] = 'Proxmox';
  draft.event['observer.product'] = 'Proxmox VE Firewall';
  draft.text('rule.ruleset', chain);
  draft.label('vmid', machine === '0' ? undefined : machine);
  readPacket(text, HEAD.lastIndex, draft);
  return { written: () => writtenClf(time) };
}
