import type { EventDraft } from '../event/draft.ts';

/** `[prefix ]chain: in:X out:Y, …`; the prefix is what the administrator wrote into the rule. */
const CHAIN =
  /^(?:(.{1,80}?):? )?([\w.-]{1,48}): in:(.{1,64}?) out:(\([^)]{1,32}\)|[^,]{1,64}?)(?:, ?| (?=connection-|src-mac |proto ))/;
/** `connection-state:new,snat `, `connection-mark:x `; no comma stands before `src-mac` after these. */
const STATE = /connection-state:([a-z,]{1,64})/;
const MARK = /connection-mark:(\S{1,64})/;
const MAC = /src-mac ([\da-fA-F:]{17})/;
const PROTOCOL = /proto ([\w-]{1,16})(?: \(([^)]{1,40})\))?/;
/** `10.0.0.5:51000`, `[2001:db8::5]:51000`, `10.0.0.5` */
const SIDE = String.raw`(?:\[([\da-fA-F:.]{2,45})\]|([\d.]{7,15})|([\da-fA-F:]{2,45}))(?::(\d{1,5}))?`;
const FLOW = new RegExp(`(?:^|[ ,])${SIDE}->${SIDE}(?:,|$)`);
/** The parentheses stand around the side that was translated. */
const SOURCE_NAT = new RegExp(String.raw`NAT \(${SIDE}->${SIDE}\)->`);
const DESTINATION_NAT = new RegExp(String.raw`->\(${SIDE}->${SIDE}\)`);
const LENGTH = /len (\d{1,10})/;
const VERDICT =
  /(?:^|[^a-z])(drop|dropped|deny|denied|reject|rejected|block|blocked|accept|accepted|allow|allowed|pass)(?:$|[^a-z])/i;
const ALLOWS = /^(?:accept|allow|pass)/;

/**
 * A packet that matched a rule with `log=yes`. RouterOS doesn't write the rule's action: it is known only from the
 * prefix, or from a connection that is established or translated, which nothing dropped.
 */
export function readFirewall(text: string, draft: EventDraft): boolean {
  const chain = CHAIN.exec(text);
  if (!chain) return false;
  const rest = text.slice(chain[0].length);
  const { event } = draft;
  event['event.category'] = 'network';
  draft.text('rule.name', chain[1]);
  draft.text('rule.ruleset', chain[2]);
  setInterface(draft, 'observer.ingress.interface.name', chain[3]);
  setInterface(draft, 'observer.egress.interface.name', chain[4]);
  const state = STATE.exec(rest)?.[1];
  draft.label('connection_state', state);
  draft.label('connection_mark', MARK.exec(rest)?.[1]);
  draft.mac('source.mac', MAC.exec(rest)?.[1]);
  const protocol = PROTOCOL.exec(rest);
  draft.label(protocol?.[1]?.startsWith('ICMP') ? 'icmp' : 'tcp_flags', protocol?.[2]);
  const flow = FLOW.exec(rest);
  if (flow) {
    setSide(draft, 'source', flow, 1);
    setSide(draft, 'destination', flow, 5);
  } else draft.fail('source.ip', 'no addresses');
  // Of both versions of IP version 6 says `ICMP`, too.
  const icmp6 = protocol?.[1] === 'ICMP' && draft.event['source.ip']?.includes(':');
  draft.transport(icmp6 ? 'ipv6-icmp' : protocol?.[1]);
  const translated = readNat(rest, draft);
  draft.long('network.bytes', LENGTH.exec(rest)?.[1]);
  const verdict = VERDICT.exec(chain[1] ?? '')?.[1]?.toLowerCase();
  event['event.action'] = verdict ?? 'log';
  if (verdict !== undefined) event['event.type'] = ALLOWS.test(verdict) ? 'allowed' : 'denied';
  else event['event.type'] = translated || /established|related/.test(state ?? '') ? 'allowed' : 'info';
  return true;
}

function readNat(rest: string, draft: EventDraft): boolean {
  const source = SOURCE_NAT.exec(rest);
  // With both sides in parentheses one of them may be as it was.
  if (source && !isUnchanged(source)) setSide(draft, 'source.nat', source, 5);
  const destination = DESTINATION_NAT.exec(rest);
  if (destination && !isUnchanged(destination)) setSide(draft, 'destination.nat', destination, 5);
  return source !== null || destination !== null;
}

/** `(a:p->a:p)` */
function isUnchanged(match: RegExpExecArray): boolean {
  return [1, 2, 3, 4].every((group) => match[group] === match[group + 4]);
}

function setSide(
  draft: EventDraft,
  side: 'source' | 'destination' | 'source.nat' | 'destination.nat',
  match: RegExpExecArray,
  group: number,
): void {
  draft.ip(`${side}.ip`, match[group] ?? match[group + 1] ?? match[group + 2]);
  draft.port(`${side}.port`, match[group + 3]);
}

/** `(unknown 0)`: the packet came from or went to the router itself. */
function setInterface(
  draft: EventDraft,
  field: 'observer.ingress.interface.name' | 'observer.egress.interface.name',
  name: string | undefined,
): void {
  if (name !== undefined && !name.startsWith('(')) draft.text(field, name);
}
