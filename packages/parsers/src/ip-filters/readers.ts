import type { EventDraft } from '../event/draft.ts';
import { setKind } from '../event/kind.ts';
import { readEndpoint } from '../values/endpoint.ts';
import { readTransport } from '../values/transport.ts';

type Side = 'source' | 'destination';

function setVerdict(draft: EventDraft, action: string): void {
  const denied = /deny|reject|reset|unreach|block|drop/.test(action);
  const allowed = /accept|allow|pass|permit/.test(action);
  setKind(draft, 'network', denied ? 'denied' : allowed ? 'allowed' : 'info', action);
}

function setProtocol(draft: EventDraft, written: string): void {
  if (readTransport(written).number === undefined) draft.label('protocol', written);
  else draft.transport(written);
}

function setSide(draft: EventDraft, side: Side, ip: string | undefined, port: string | undefined): void {
  draft.ip(`${side}.ip`, ip);
  draft.port(`${side}.port`, port);
}

/** `Packet log: input DENY eth0 PROTO=6 203.0.113.9:40001 198.51.100.1:23 L=60 S=0x00 I=1 F=0x4000 T=52 SYN (#5)` */
const IPCHAINS =
  /^Packet log: ([\w-]{1,32}) (\w{2,16}) ([\w.:-]{1,16}) PROTO=(\d{1,3}) ([\d.]{7,15}):(\d{1,5}) ([\d.]{7,15}):(\d{1,5}) L=(\d{1,6})(?:.{0,80}\(#(\d{1,6})\))?/;

/** Linux 2.2 (ip_fw.c). Of ICMP the ports are type and code. */
export function readIpchains(text: string, draft: EventDraft): boolean {
  const m = IPCHAINS.exec(text);
  if (!m) return false;
  setVerdict(draft, (m[2] as string).toLowerCase());
  draft.text('rule.ruleset', m[1]);
  draft.text('rule.id', m[10]);
  draft.text('observer.ingress.interface.name', m[3]);
  setProtocol(draft, m[4] as string);
  const hasPorts = m[4] === '6' || m[4] === '17';
  setSide(draft, 'source', m[5], hasPorts ? m[6] : undefined);
  setSide(draft, 'destination', m[7], hasPorts ? m[8] : undefined);
  draft.long('network.bytes', m[9]);
  return true;
}

/** `ipfw: 65000 Deny TCP 203.0.113.9:40001 198.51.100.1:23 in via em0`, `… Divert 8668 UDP …`, `… ICMP:8.0 a b out via …` */
const IPFW =
  /^ipfw: (\d{1,6}|-1) ([A-Za-z]{3,16})(?: (\d{1,5}))? ([\w.:-]{1,16}) ([\da-fA-F.:[\]]{2,60}) ([\da-fA-F.:[\]]{2,60}) (in|out) via ([\w.-]{1,16})/;

/** FreeBSD (ip_fw_log.c). */
export function readIpfw(text: string, draft: EventDraft): boolean {
  const m = IPFW.exec(text);
  if (!m) return false;
  const [, rule, action = '', port, written = '', source = '', destination = '', direction, name] = m;
  setVerdict(draft, action.toLowerCase());
  draft.text('rule.id', rule);
  draft.label('action_port', port);
  const [protocol = '', kind] = written.split(':', 2);
  setProtocol(draft, protocol === 'ICMPv6' ? 'ipv6-icmp' : protocol);
  draft.label('icmp_type', kind);
  const hasPorts = /^(?:TCP|UDP|SCTP)$/i.test(protocol);
  for (const [side, address] of [
    ['source', source],
    ['destination', destination],
  ] as const) {
    const endpoint = readEndpoint(address, hasPorts);
    setSide(draft, side, endpoint?.ip ?? address, endpoint?.port);
  }
  draft.label('direction', direction);
  draft.text(direction === 'out' ? 'observer.egress.interface.name' : 'observer.ingress.interface.name', name);
  return true;
}

/** `19:56:31.123456 em0 @0:5 b 203.0.113.9,40001 -> 198.51.100.1,23 PR tcp len 20 40 -S IN` */
const IPMON =
  /^(?:\d\d:\d\d:\d\d\.\d{1,6} )?(?:(\d{1,6})x )?([\w.-]{1,16}) @(-?\d{1,6}:\d{1,6}) ([pbnLSBPrN]{1,2}) ([\da-fA-F.:]{2,45})(?:,([\w-]{1,32}))? -> ([\da-fA-F.:]{2,45})(?:,([\w-]{1,32}))? PR ([\w-]{1,16}) len (\d{1,6}) \(?(\d{1,6})\)?(.{0,64})/;
const IPMON_ACTIONS: Readonly<Record<string, string>> = { p: 'pass', P: 'pass', b: 'block', B: 'block', S: 'short' };
/** `em0 @2 NAT:MAP 10.0.0.5,51514 <- -> 198.51.100.1,61514 [203.0.113.80,443 PR tcp]` */
const IPNAT =
  /^(?:\d\d:\d\d:\d\d\.\d{1,6} )?@?(\d{1,6}) NAT:(\w{2,10}) ([\d.]{7,15}),(\d{1,5}) ?<- ?-> ?([\d.]{7,15}),(\d{1,5}) \[([\d.]{7,15}),(\d{1,5})(?: PR (\w{2,8}))?\](?: Pkts (\d{1,12})(?:\/(\d{1,12}))? Bytes (\d{1,16})(?:\/(\d{1,16}))?)?/;

/** IPFilter's ipmon(8): Solaris, NetBSD, FreeBSD. */
export function readIpmon(text: string, draft: EventDraft): boolean {
  const m = IPMON.exec(text);
  if (!m) return readIpnat(text, draft);
  const [, count, name, rule, letter = '', source, sourcePort, destination, destinationPort, protocol = '', , length] =
    m;
  setVerdict(draft, IPMON_ACTIONS[letter.charAt(0)] ?? 'log');
  draft.label('count', count);
  draft.text('rule.id', rule);
  setProtocol(draft, protocol);
  setNamedSide(draft, 'source', source, sourcePort);
  setNamedSide(draft, 'destination', destination, destinationPort);
  draft.long('network.bytes', length);
  const rest = m[12] ?? '';
  const out = / OUT\b/.test(rest);
  draft.label('tcp_flags', / -([A-Z]{1,8})\b/.exec(rest)?.[1]);
  draft.text(out ? 'observer.egress.interface.name' : 'observer.ingress.interface.name', name);
  return true;
}

/** Without `-n` ipmon writes ports by their services' names. */
function setNamedSide(draft: EventDraft, side: Side, ip: string | undefined, port: string | undefined): void {
  const isNumber = port === undefined || /^\d{1,5}$/.test(port);
  setSide(draft, side, ip, isNumber ? port : undefined);
  if (!isNumber) draft.label(`${side}_service`, port);
}

function readIpnat(text: string, draft: EventDraft): boolean {
  const m = IPNAT.exec(text);
  if (!m) return false;
  const word = (m[2] as string).toLowerCase();
  setKind(draft, 'network', word === 'expire' || word === 'flush' ? 'end' : 'start', `nat ${word}`);
  draft.text('rule.id', m[1]);
  setSide(draft, 'source', m[3], m[4]);
  draft.ip('source.nat.ip', m[5]);
  draft.port('source.nat.port', m[6]);
  setSide(draft, 'destination', m[7], m[8]);
  if (m[9] !== undefined) setProtocol(draft, m[9]);
  draft.long('source.packets', m[10]);
  draft.long('destination.packets', m[11]);
  draft.long('source.bytes', m[12]);
  draft.long('destination.bytes', m[13]);
  return true;
}
