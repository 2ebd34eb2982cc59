import type { EventDraft } from '../event/draft.ts';
import { setKind } from '../event/kind.ts';
import { ADDRESS, type IosReader } from './messages.ts';

const MAC = String.raw`(?:[\da-fA-F]{4}\.){2}[\da-fA-F]{4}|(?:[\da-fA-F]{2}[-:]){5}[\da-fA-F]{2}`;
/** The list's name; IOS XR has the entry's number behind it. */
const LIST = String.raw`^(?:access-)?list (\S{1,128})(?: \((\d{1,10})\))?`;
/**
 * `10.0.0.1(51000)`. With log-input behind it `(GigabitEthernet0/1 0050.56aa.bb01)`, or a MAC before it and an
 * interface behind it, which IOS-XE writes close to the arrow.
 */
const HIT = new RegExp(
  String.raw`${LIST} (permitted|denied|permit|deny) (\w{1,12}) (?:(${MAC}) )?(${ADDRESS})(?: ?\((\d{1,5})\))?` +
    String.raw`(?: ?\(([^\s()]{1,64})(?: (?:(${MAC})|\*[\w-]{1,16}\*)?)?\)| ([A-Za-z][\w/.]{1,63}))? ?-> ?(${ADDRESS})(?: ?\((\d{1,5})(?:\/(\d{1,3}))?\))?,? {1,2}(\d{1,10}) packets?`,
);
/** Standard lists see the source only. */
const STANDARD = new RegExp(
  String.raw`${LIST} (permitted|denied|permit|deny) (?:0 )?(${ADDRESS}),? {1,2}(\d{1,10}) packets?`,
);

/** %SEC-6-IPACCESSLOGP, DP, NP, RP, S, SP, %IPV6-6-ACCESSLOGP, %FMANFP-6-…, %ACL-IPV4_ACL-6-…: hits since the last report. */
export const readAccessLog: IosReader = (text, draft) => {
  const m = HIT.exec(text);
  if (!m) return readStandard(text, draft);
  const [, list, entry, verdict, protocol = '', front, from, port, face, back, bare, to, toPort, code, packets] = m;
  setVerdict(draft, verdict as string);
  draft.text('rule.name', list);
  draft.text('rule.id', entry);
  draft.transport(protocol === '0' || protocol === 'ip' ? undefined : protocol);
  draft.mac('source.mac', front ?? back);
  draft.ip('source.ip', from);
  draft.port('source.port', port);
  draft.text('observer.ingress.interface.name', face ?? bare);
  draft.ip('destination.ip', to);
  if (/^(?:icmp|igmp|ipv6-icmp)/.test(protocol) || code !== undefined) {
    draft.label('icmp_type', toPort);
    draft.label('icmp_code', code);
  } else draft.port('destination.port', toPort);
  draft.long('source.packets', packets);
  return true;
};

const readStandard: IosReader = (text, draft) => {
  const m = STANDARD.exec(text);
  if (!m) return false;
  setVerdict(draft, m[3] as string);
  draft.text('rule.name', m[1]);
  draft.text('rule.id', m[2]);
  draft.ip('source.ip', m[4]);
  draft.long('source.packets', m[5]);
  return true;
};

function setVerdict(draft: EventDraft, word: string): void {
  setKind(draft, 'network', word.startsWith('den') ? 'denied' : 'allowed', word);
}

/** `list dis Ethernet1 denied tcp 203.0.113.66(40001) -> 10.10.20.31(445)`: EOS has the interface before the verdict, and no count. */
const EOS_HIT = new RegExp(
  String.raw`^list (\S{1,128}) (?:([A-Z]\S{1,63}) )?(permitted|denied) (\w{1,12}) (${ADDRESS})(?:\((\d{1,5})\))? -> (${ADDRESS})(?:\((\d{1,5})\))?`,
);

export const readEosHit: IosReader = (text, draft) => {
  const m = EOS_HIT.exec(text);
  if (!m) return false;
  const [, list, face, verdict = '', protocol, from, port, to, toPort] = m;
  setVerdict(draft, verdict);
  draft.text('rule.name', list);
  draft.text('observer.ingress.interface.name', face);
  draft.transport(protocol);
  draft.ip('source.ip', from);
  draft.port('source.port', port);
  draft.ip('destination.ip', to);
  draft.port('destination.port', toPort);
  return true;
};

const FLOW_FIELD = /([A-Z][A-Za-z -]{1,20}?) ?[:=] ?("?[^,"]{0,64}"?(?:\(\d{1,3}\))?)(?:, |$)/y;

/** NX-OS %ACLLOG-5-ACLLOG_FLOW_INTERVAL, ACLLOG_NEW_FLOW: `Src IP: a, Dst IP: b, Src Port: n, …, Hit-count = n`; ACI: `SIP: a, DIP: b, SPort: n, …`. */
export const readFlow: IosReader = (text, draft) => {
  const fields = new Map<string, string>();
  FLOW_FIELD.lastIndex = 0;
  for (let m = FLOW_FIELD.exec(text); m; m = FLOW_FIELD.exec(text)) {
    const name = (m[1] as string).toLowerCase().replace('source', 'src').replace('destination', 'dst');
    fields.set(name.replace('interface', 'intf'), (m[2] as string).trim());
  }
  const of = (name: string, short: string) => fields.get(name) ?? fields.get(short);
  if (of('src ip', 'sip') === undefined) return false;
  const action = fields.get('ace action')?.toLowerCase();
  setKind(draft, 'network', action?.startsWith('den') ? 'denied' : action ? 'allowed' : 'info', action ?? 'acl log');
  draft.ip('source.ip', of('src ip', 'sip'));
  draft.ip('destination.ip', of('dst ip', 'dip'));
  const protocol = of('protocol', 'proto') ?? '';
  draft.transport(/\((\d{1,3})\)/.exec(protocol)?.[1] ?? protocol.replaceAll('"', ''));
  draft.port('source.port', of('src port', 'sport'));
  draft.port('destination.port', of('dst port', 'dport'));
  draft.text('observer.ingress.interface.name', fields.get('src intf'));
  draft.text('rule.name', fields.get('acl name'));
  draft.long('source.packets', fields.get('hit-count'));
  return true;
};
