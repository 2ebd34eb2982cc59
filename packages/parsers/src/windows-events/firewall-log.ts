import type { EventDraft } from '../event/draft.ts';
import { setKind } from '../event/kind.ts';
import { readTime } from '../time/read-time.ts';
import type { VendorInput, VendorTime } from '../vendor.ts';

const ACTIONS: ReadonlyMap<string, string> = new Map([
  ['ALLOW', 'allowed'],
  ['DROP', 'denied'],
  ['OPEN', 'start'],
  ['OPEN-INBOUND', 'start'],
  ['CLOSE', 'end'],
]);
/**
 * `2026-11-23 19:56:31 DROP TCP 203.0.113.5 10.0.0.5 40000 3389 52 S 1 0 64240 - - - RECEIVE`: date, time, action, protocol,
 * addresses, ports, size, flags, sequence, acknowledgement, window, ICMP type and code, info, path, and a process in newer versions.
 */
const LINE =
  /(?:(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d) )?(?:(ALLOW|DROP|OPEN|OPEN-INBOUND|CLOSE) )?(TCP|UDP|ICMP|ICMPv6|\d{1,3}) ([\da-fA-F.:]{2,45}) ([\da-fA-F.:]{2,45}) (\d{1,5}|-) (\d{1,5}|-) (\d{1,10}|-) (\S{1,10}) \S{1,10} \S{1,10} \S{1,10} (\d{1,3}|-) (\d{1,3}|-) \S{1,32} (SEND|RECEIVE|FORWARD|UNKNOWN)(?: (\d{1,10}))?/y;

function match({ text, messageAt, header }: VendorInput): RegExpExecArray | undefined {
  LINE.lastIndex = messageAt;
  const m = LINE.exec(text);
  // The head takes the action behind the time for a host's name.
  return m && (m[2] !== undefined || ACTIONS.has(header.hostname ?? '')) ? m : undefined;
}

export function isFirewallLog(input: VendorInput): boolean {
  return match(input) !== undefined;
}

/** A line of the Windows firewall's `pfirewall.log`. */
export function readFirewallLog(input: VendorInput, draft: EventDraft): VendorTime | undefined {
  const m = match(input);
  if (!m) return undefined;
  const [
    ,
    written,
    stated,
    protocol,
    source,
    destination,
    sourcePort,
    destinationPort,
    size,
    flags,
    type,
    code,
    path,
    pid,
  ] = m;
  if (stated === undefined) {
    draft.drop('log.syslog.hostname');
    draft.drop('observer.name');
  }
  const action = stated ?? input.header.hostname ?? '';
  draft.event['event.dataset'] = 'windows.firewall';
  draft.event['observer.type'] = 'firewall';
  setKind(draft, 'network', ACTIONS.get(action) ?? 'info', action.toLowerCase());
  draft.transport(protocol === 'ICMPv6' ? 'ipv6-icmp' : protocol);
  draft.ip('source.ip', source);
  draft.ip('destination.ip', destination);
  const hasPorts = protocol === 'TCP' || protocol === 'UDP';
  draft.port('source.port', hasPorts ? sourcePort : undefined);
  draft.port('destination.port', hasPorts ? destinationPort : undefined);
  draft.long('network.bytes', size);
  draft.label('tcp_flags', protocol === 'TCP' ? flags : undefined);
  draft.label('icmp_type', type);
  draft.label('icmp_code', code);
  draft.label('pid', pid);
  if (path === 'SEND') draft.event['network.direction'] = 'outbound';
  else if (path === 'RECEIVE') draft.event['network.direction'] = 'inbound';
  return written === undefined ? undefined : { written: () => readTime(written, 0)?.time };
}
