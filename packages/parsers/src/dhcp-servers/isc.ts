import type { EventDraft } from '../event/draft.ts';
import { canonicalIp } from '../values/ip.ts';
import { type Lease, setLease } from './lease.ts';

const IP = String.raw`[\da-fA-F.:]{2,45}`;
const MAC = String.raw`[\da-fA-F:]{11,59}`;

/**
 * `DHCPACK on 10.0.0.5 to 00:00:5e:00:53:23 (laptop) via eth0`. The words between differ by message: `for` and `of` an
 * address, `from` a client; `(10.0.0.1)` after a requested address is the server it was asked from.
 */
const V4 = new RegExp(
  String.raw`^(DHCP[A-Z]{3,16}|BOOT(?:REQUEST|REPLY))(?: (?:on|for|of|to) (${IP}))?(?: \((${IP})\))?(?: (?:to|from) (?:<no identifier>|(${MAC})))?(?: \(([^)]{1,255})\))?`,
);
/** `BOOTREPLY for 10.0.0.5 to printer (00:00:5e:00:53:23) via eth0` */
const BOOTREPLY = new RegExp(`^BOOTREPLY for (${IP}) to (?:([^ ]{1,255}) \\()?(${MAC})\\)?`);
/** `DHCPINFORM from 10.0.0.5 via eth0`, `DHCPLEASEQUERY from 10.0.0.5: …`: an address in the place of a client. */
const INFORM = new RegExp(`^DHCP(INFORM|LEASEQUERY) from (${IP})(?=[ :]|$)`);
/**
 * `: unknown network segment`, ` (found)`, `: lease 10.0.0.5 unavailable.`; NIOS has ` TransID 54ade258 uid 01:… (RENEW)`
 * before it.
 */
const VIA =
  / via ([\w.-]{1,45}|[\da-f:]{2,45}(?=$| |: ))(?: \((found|not found)\))?(?: TransID ([\da-f]{1,8}))?(?: relay ([\w.:-]{1,45}))?(?: lease-duration (\d{1,10}))?(?: offered-duration \d{1,10})?(?: \((RENEW)\))?(?: offered-duration \d{1,10})?(?: uid ((?:[\da-fA-F]{1,2}:){1,84}[\da-fA-F]{1,2}))?(?: \((RENEW)\))?(?:: (.{1,256}))?/;
const ACTIONS: Readonly<Record<string, string>> = {
  DHCPACK: 'assigned',
  BOOTREPLY: 'assigned',
  DHCPRELEASE: 'released',
  DHCPEXPIRE: 'expired',
  DHCPDECLINE: 'declined',
  DHCPNAK: 'nak',
};

/** DHCPv6: `Reply NA: address 2001:db8::5 to client with duid 00:01:… iaid = 1 valid for 7200 seconds` */
const V6 = new RegExp(
  String.raw`^(Advertise|Reply|Release) (NA|TA|PD): (?:address|prefix) (${IP}(?:/\d{1,3})?) to client with duid ([\da-fA-F:]{2,400}) iaid = (-?\d{1,11}) (?:valid for|static)(?: (\d{1,10}) seconds)?`,
);
const V6_ACTIONS: Readonly<Record<string, string>> = { Advertise: 'advertise', Reply: 'assigned', Release: 'released' };
const V6_END = new RegExp(
  String.raw`^Client ([\da-fA-F:]{2,400}) (releases|declines|confirms) (?:address|prefix)? ?(${IP})`,
);
const V6_MESSAGE = new RegExp(
  `^(?:Relay-forward: |Encapsulated )?(Solicit|Request|Renew|Rebind|Release|Confirm|Decline|Information-request) message from (${IP})(?: port \\d{1,5} from client DUID ([\\da-fA-F:]{2,400}))?`,
);

/**
 * NIOS: `r-l-e:10.0.0.5,Issued,laptop,00:00:5e:00:53:23,1795452991,1795496191,17,$,laptop`: address, what happened, name,
 * client, begin and end (Infoblox NIOS Administrator Guide, "DHCP lease event").
 */
const LEASE_EVENT = new RegExp(
  `^r-l-e:(${IP}),(Issued|Renewed|Freed|Expired|Abandoned|Reset),([^,]{0,255}),(${MAC})?,(\\d{0,10}),(\\d{0,10})`,
);
const LEASE_EVENTS: Readonly<Record<string, string>> = {
  Issued: 'assigned',
  Renewed: 'renewed',
  Freed: 'released',
  Expired: 'expired',
  Abandoned: 'conflict',
  Reset: 'deleted',
};

/** Widespread commit, release and expiry statements of dhcpd.conf: `Expire: IP: 10.0.0.5 DHCID: 1:0:5e:… Name: laptop` */
const STATEMENT = new RegExp(
  String.raw`^(Commit|Release|Expire)d?:? (?:IP:? )?(${IP})(?: (?:DHCID|MAC):? (?:1:)?([\da-fA-F:]{11,17}))?(?: Name:? (\S{1,255}))?`,
);
const STATEMENTS: Readonly<Record<string, string>> = { Commit: 'assigned', Release: 'released', Expire: 'expired' };

/** ISC DHCP server 4.x (server/dhcp.c, server/dhcpv6.c). False: a remark without a lease. */
export function readIsc(text: string, draft: EventDraft): boolean {
  return (
    readIscV4(text, draft) ||
    readV6(text, draft) ||
    readStatement(text, draft) ||
    readLeaseEvent(text, draft) ||
    readShortage(text, draft)
  );
}

/** The messages of DHCPv4, which firewalls' own servers write, too. */
export function readIscV4(text: string, draft: EventDraft): boolean {
  const inform = INFORM.exec(text);
  if (inform) {
    setLease(draft, { action: (inform[1] as string).toLowerCase(), ip: inform[2]?.replace(/:$/, '') });
    setVia(draft, VIA.exec(text));
    return true;
  }
  const reply = BOOTREPLY.exec(text);
  if (reply) {
    setLease(draft, { action: 'assigned', ip: reply[1], mac: reply[3], host: reply[2] });
    draft.text('observer.ingress.interface.name', VIA.exec(text)?.[1]);
    return true;
  }
  const m = V4.exec(text);
  if (!m) return false;
  const word = m[1] as string;
  const via = VIA.exec(text);
  // `DHCPACK to 10.0.0.5 (00:00:5e:00:53:23) via eth0` answers an inform and gives no lease.
  const informed = text.startsWith('DHCPACK to ');
  const noLeases = text.includes('no free leases');
  setVia(draft, via);
  if (!informed) draft.label('server', m[3]);
  setLease(draft, {
    action: noLeases ? 'exhausted' : informed ? 'inform' : (ACTIONS[word] ?? word.toLowerCase().replace(/^dhcp/, '')),
    ip: m[2],
    mac: informed ? m[3] : m[4],
    host: m[5],
    seconds: via?.[5],
    reason: via?.[9] ?? via?.[2] ?? via?.[6] ?? via?.[8],
  });
  return true;
}

/** A relay is named by its address. */
function setVia(draft: EventDraft, via: RegExpExecArray | null): void {
  const relay = [via?.[4], via?.[1]].find((word) => canonicalIp(word ?? '') !== undefined);
  draft.label('relay', relay);
  if (canonicalIp(via?.[1] ?? '') === undefined) draft.text('observer.ingress.interface.name', via?.[1]);
  draft.label('transaction_id', via?.[3]);
  draft.label('client_id', via?.[7]);
}

function readV6(text: string, draft: EventDraft): boolean {
  const m = V6.exec(text);
  if (m) {
    setLease(draft, { action: V6_ACTIONS[m[1] as string] as string, ip: m[3], duid: m[4], seconds: m[6] });
    draft.label('iaid', m[5]);
    return true;
  }
  const end = V6_END.exec(text);
  if (end) {
    const action = end[2] === 'releases' ? 'released' : end[2] === 'declines' ? 'declined' : 'confirm';
    setLease(draft, { action, ip: end[3], duid: end[1] });
    return true;
  }
  const message = V6_MESSAGE.exec(text);
  if (!message) return false;
  setLease(draft, { action: (message[1] as string).toLowerCase(), ip: message[2], duid: message[3] });
  return true;
}

function readStatement(text: string, draft: EventDraft): boolean {
  const m = STATEMENT.exec(text);
  if (!m) return false;
  const lease: Lease = { action: STATEMENTS[m[1] as string] as string, ip: m[2], host: m[4] };
  // binary-to-ascii() writes bytes without a leading zero.
  const bytes = m[3]?.split(':') ?? [];
  const mac = bytes.map((byte) => byte.padStart(2, '0')).join(':');
  setLease(draft, bytes.length === 6 ? { ...lease, mac } : lease);
  return true;
}

function readLeaseEvent(text: string, draft: EventDraft): boolean {
  const m = LEASE_EVENT.exec(text);
  if (!m) return false;
  const [, ip, word, host, mac, from, to] = m;
  const seconds = from && to ? String(Math.max(0, Number(to) - Number(from))) : undefined;
  setLease(draft, { action: LEASE_EVENTS[word as string] as string, ip, mac, host, seconds });
  return true;
}

const ABANDONED = new RegExp(`^Abandoning IP address (${IP}): (.{1,128})`);

function readShortage(text: string, draft: EventDraft): boolean {
  if (text.includes('no free leases')) {
    setLease(draft, { action: 'exhausted', reason: 'no free leases' });
    return true;
  }
  const m = ABANDONED.exec(text);
  if (!m) return false;
  setLease(draft, { action: 'conflict', ip: m[1], reason: m[2] });
  return true;
}
