import type { EventDraft } from '../event/draft.ts';
import { levelWord } from '../syslog/severity.ts';
import { setLease } from './lease.ts';

/** Message identifiers of Kea (Kea Messages Manual) → what they do to a lease. */
const ACTIONS: ReadonlyMap<string, string> = new Map([
  ['LEASE_ALLOC', 'assigned'],
  ['LEASE_REUSE', 'renewed'],
  ['LEASE_RENEW', 'renewed'],
  ['LEASE_REBIND', 'renewed'],
  ['PD_LEASE_ALLOC', 'assigned'],
  ['PD_LEASE_RENEW', 'renewed'],
  ['LEASE_OFFER', 'offer'],
  ['LEASE_ADVERT', 'offer'],
  ['PD_LEASE_ADVERT', 'offer'],
  ['RELEASE', 'released'],
  ['RELEASE_EXPIRED', 'expired'],
  ['RELEASE_DELETED', 'deleted'],
  ['RELEASE_NA', 'released'],
  ['RELEASE_NA_EXPIRED', 'expired'],
  ['RELEASE_NA_DELETED', 'deleted'],
  ['RELEASE_PD', 'released'],
  ['RELEASE_PD_EXPIRED', 'expired'],
  ['RELEASE_PD_DELETED', 'deleted'],
  ['DECLINE_LEASE', 'declined'],
  ['LEASE_DECLINED', 'declined'],
  ['V4_LEASE_RECLAIM', 'expired'],
  ['V6_LEASE_RECLAIM', 'expired'],
  ['LEASE_RECLAIMED', 'expired'],
  ['V6_LEASE_RECLAIMED', 'expired'],
  ['V4_ALLOC_FAIL', 'exhausted'],
  ['V6_ALLOC_FAIL', 'exhausted'],
]);

/** `INFO  [kea-dhcp4.leases/812.1401] DHCP4_LEASE_ALLOC `; with a syslog output there may be only the identifier. */
const HEAD = /(?:^|[ \]])((?:DHCP[46]|ALLOC_ENGINE|DHCPSRV|LEASE_CMDS|COMMAND|HA|HOSTS|DCTL)_[A-Z0-9_]{2,64})(?= |$)/;
const LEVEL = /(?:^|\s)(FATAL|ERROR|WARN|INFO|DEBUG) {1,3}\[kea-/;
const HARDWARE = /\[hwtype=\d{1,3} ([\da-fA-F:]{2,59})\]/;
const DUID = /duid=\[([\da-fA-F:]{2,400})\]/;
const CLIENT = /cid=\[([\da-fA-F:]{2,400})\]/;
const TRANSACTION = /tid=(0x[\da-f]{1,8})/;
/** The address stands after one of these words; what comes before is the client. */
const ADDRESS = /(?:lease for address|lease|address|addr|prefix) ([\da-fA-F.:]{2,45}(?:\/\d{1,3})?)(?=[ ,.]|$)/;
const SECONDS = / for (\d{1,10}) seconds/;
const INTERFACE = / on interface ([\w.-]{1,16})/;
const PACKET = /: (DHCP[A-Z]{3,16}|[A-Z]{3,16}) \(type \d{1,3}\) received from ([\da-fA-F.:]{2,45})/;

/** How far into a record Kea's mark may stand: syslog's own head, then time, level and logger. */
const MARK_WITHIN = 160;

/** Kea writes its loggers' names, or its identifiers begin the message. */
export function isKea(text: string, at: number): boolean {
  if (text.startsWith('DHCP4_', at) || text.startsWith('DHCP6_', at)) return true;
  const mark = text.indexOf('[kea-', at);
  return mark >= 0 && mark < at + MARK_WITHIN;
}

/** Messages of the Kea DHCP server. Identifiers without a reader keep their code and message. */
export function readKea(text: string, draft: EventDraft): boolean {
  const level = LEVEL.exec(text)?.[1];
  if (level !== undefined) draft.event['log.level'] = level === 'FATAL' ? 'critical' : levelWord(level);
  const code = HEAD.exec(text)?.[1];
  if (code === undefined) return false;
  const { event } = draft;
  event['event.code'] = code;
  event['network.protocol'] = 'dhcp';
  const name = code.replace(/^(?:DHCP[46]|ALLOC_ENGINE)_/, '');
  const action = ACTIONS.get(name) ?? (/_ALLOC_FAIL/.test(code) ? 'exhausted' : undefined);
  const client = {
    mac: HARDWARE.exec(text)?.[1],
    duid: DUID.exec(text)?.[1],
  };
  if (action !== undefined)
    setLease(draft, { action, ...client, ip: ADDRESS.exec(text)?.[1], seconds: SECONDS.exec(text)?.[1] });
  else {
    const packet = PACKET.exec(text);
    const word = packet?.[1]?.toLowerCase().replace(/^dhcp/, '') ?? name.toLowerCase();
    setLease(draft, { action: word, ...client, ip: packet?.[2] === '0.0.0.0' ? undefined : packet?.[2] });
    event['event.type'] = level === 'ERROR' || level === 'FATAL' ? 'error' : 'info';
  }
  draft.label('client_id', CLIENT.exec(text)?.[1]);
  draft.label('transaction_id', TRANSACTION.exec(text)?.[1]);
  draft.text('observer.ingress.interface.name', INTERFACE.exec(text)?.[1]);
  return true;
}
