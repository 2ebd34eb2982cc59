import type { EventDraft } from '../event/draft.ts';
import { setKind } from '../event/kind.ts';
import { canonicalIp } from '../values/ip.ts';

/** `rule 5/0(match): block in on em0: 203.0.113.9.40001 > 198.51.100.1.22: S …`; the anchor stands in the rule's number. */
const LINE =
  /rule ([\w./-]{1,64})\/(?:\d{1,3})?\(([\w-]{1,24})\)?:? (?:\[uid [^\]]{1,32}\][:,]? )?(block|pass|match|rdr|nat|binat|scrub) (in|out) on ([\w.-]{1,16}): (?:IP6? )?(?:\([^)]{0,200}\) )?([\da-fA-F.:]{3,52}) > ([\da-fA-F.:]{3,52}): ?(.{0,256})/;
const MARK = / (?:block|pass|match|rdr|nat|binat|scrub) (?:in|out) on /;

export function isPflog(text: string, at: number): boolean {
  const head = text.slice(at, at + 160);
  return /(?:^| )rule [\w./-]{1,64}\(/.test(head) && MARK.test(head);
}

/** What `tcpdump -e -ttt -i pflog0` prints (OpenBSD, FreeBSD, and old pfSense), sent by logger(1). */
export function readPflog(text: string, draft: EventDraft): boolean {
  const m = LINE.exec(text.slice(0, 700));
  if (!m) return false;
  const [, rule, reason, action = '', direction, name, source, destination, rest = ''] = m;
  setKind(draft, 'network', action === 'block' ? 'denied' : action === 'pass' ? 'allowed' : 'info', action);
  draft.text('rule.id', rule);
  draft.text('event.reason', reason);
  draft.label('direction', direction);
  draft.text(direction === 'out' ? 'observer.egress.interface.name' : 'observer.ingress.interface.name', name);
  setSide(draft, 'source', source as string);
  setSide(draft, 'destination', destination as string);
  const protocol = /^(?:(udp|icmp6?|igmp|esp|gre|ah|carp)\b|([SFPRWE.]{1,6}|Flags \[))/i.exec(rest);
  if (protocol?.[2] !== undefined) draft.transport('tcp');
  else if (protocol?.[1] !== undefined && protocol[1].toLowerCase() !== 'carp') draft.transport(protocol[1]);
  draft.label('packet', rest.trim());
  return true;
}

/** tcpdump puts the port behind a fifth dot, or the first of an IPv6 address. */
function setSide(draft: EventDraft, side: 'source' | 'destination', text: string): void {
  const dot = text.lastIndexOf('.');
  const address = dot < 0 ? undefined : canonicalIp(text.slice(0, dot));
  draft.ip(`${side}.ip`, address ?? text);
  if (address !== undefined) draft.port(`${side}.port`, text.slice(dot + 1));
}
