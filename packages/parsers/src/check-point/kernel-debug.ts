import { canonicalIp } from '../values/ip.ts';
import { readTransport } from '../values/transport.ts';

type OnPair = (key: string, value: string) => void;

/** How far from the message's start the name of the function stands. */
const HEAD = 256;
const MARK = 'fw_log_drop';
const ADDRESS = String.raw`\[?([\da-fA-F.:]{2,45}?)\]?`;
/** The ports follow a colon, of IPv6 addresses, too. */
const PACKET = new RegExp(
  String.raw`^(?:_ex)?: Packet (?:proto=(\d{1,3}) )?${ADDRESS}(?::(\d{1,5}))? -> ${ADDRESS}(?::(\d{1,5}))? (dropped|rejected) by ([^\s;]{1,128})(?: [Rr]eason: {0,2}([^;]{1,512}))?`,
);
/** With `-T`: `;23Nov2026 19:56:31.123456;`. */
const TIME = /^[@;\d.]{0,32};(\d{1,2}[A-Za-z]{3}\d{4} \d{1,2}:\d\d:\d\d)(?:\.\d{1,9})?;/;
const PARTS = /\[(cpu|vs|tid|fw[46]?)_(\d{1,5})\]/g;
const RULE = /^Rulebase (?:drop|reject) - (?:on layer "([^"]{1,128})" )?rule (\d{1,9})/;

/** A connection in other lines of the debug: `<dir 0, 10.0.0.5:51514 -> 203.0.113.80:443 IPP 6>`, `conn: <10.0.0.5,51514,203.0.113.80,443,6>`. */
const CONNECTION = new RegExp(
  String.raw`<(?:dir (\d), )?${ADDRESS}(?::|,)(\d{1,5})(?: -> |,)${ADDRESS}(?::|,)(\d{1,5})(?: IPP |,)(\d{1,3})>`,
);
const MAX_LINE = 1024;

/** Where a dropped packet's text begins, or the line of a connection; −1 for none. */
export function findDebug(text: string, at: number): number {
  const mark = text.slice(at, at + HEAD).indexOf(MARK);
  if (mark >= 0) return at + mark;
  const isDebug = text.startsWith(';', at) || text.startsWith('@;', at);
  return isDebug && CONNECTION.test(text.slice(at, at + MAX_LINE)) ? at : -1;
}

/**
 * A gateway's kernel debug (`fw ctl zdebug + drop`, sk167457): a dropped packet, or the connection that a line names.
 * `@;882640557;[vs_0];[tid_1];[fw4_1];fw_log_drop_ex: Packet proto=6 10.0.0.5:51514 -> 203.0.113.80:443 dropped by
 * fw_send_log_drop Reason: Rulebase drop - on layer "Network" rule 12;`
 */
export function readDebug(text: string, from: number, mark: number, onPair: OnPair): void {
  const isDrop = text.startsWith(MARK, mark);
  const head = text.slice(from, isDrop ? mark : from + HEAD);
  const time = TIME.exec(head)?.[1];
  if (time !== undefined) onPair('time', time);
  for (const [, part, number] of head.matchAll(PARTS)) onPair(part as string, number as string);
  if (isDrop) readPacket(text.slice(mark + MARK.length, mark + MAX_LINE), onPair);
  else readConnection(text.slice(from, from + MAX_LINE), onPair);
}

function readPacket(said: string, onPair: OnPair): void {
  const m = PACKET.exec(said);
  if (m === null) return;
  const [, protocol = '', source = '', sourcePort = '', target = '', targetPort = '', done, by = '', reason = ''] = m;
  onPair('action', done === 'rejected' ? 'reject' : 'drop');
  readEnds([source, sourcePort, target, targetPort, protocol], onPair);
  onPair('dropped_by', by);
  onPair('reason', reason.trim());
  const rule = RULE.exec(reason);
  onPair('layer_name', rule?.[1] ?? '');
  onPair('rule', rule?.[2] ?? '');
}

function readConnection(line: string, onPair: OnPair): void {
  const m = CONNECTION.exec(line);
  if (m === null) return;
  if (/\bdropp?(?:ed|ing)?\b/i.test(line)) onPair('action', 'drop');
  onPair('dir', m[1] ?? '');
  readEnds(m.slice(2, 7) as [string, string, string, string, string], onPair);
}

function readEnds(ends: readonly [string, string, string, string, string], onPair: OnPair): void {
  const [source, sourcePort, target, targetPort, protocol] = ends;
  onPair('proto', protocol);
  // Some releases write an octet too many.
  onPair(canonicalIp(source) === undefined ? 'src_text' : 'src', source);
  onPair(canonicalIp(target) === undefined ? 'dst_text' : 'dst', target);
  if (readTransport(protocol).keyword?.includes('icmp')) {
    onPair('icmp_ports', `${sourcePort} ${targetPort}`.trim());
    return;
  }
  // Zero: the protocol has no ports.
  if (sourcePort !== '0') onPair('s_port', sourcePort);
  if (targetPort !== '0') onPair('service', targetPort);
}
