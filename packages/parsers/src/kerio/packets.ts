import type { EventDraft } from '../event/draft.ts';
import { setKind } from '../event/kind.ts';
import { setUrl } from '../event/url.ts';
import { verdictOf } from '../values/verdict.ts';
import { setEnd } from './ends.ts';

/** `PERMIT "Local traffic" packet to LAN, `; to: what the firewall sends, from: what it receives on the interface. */
const RULE = /^([A-Z]{3,8}) (["'])(.{0,256}?)\2 packet (from|to) ([^,]{1,128}), /;
const SPOOFED = /^Anti-Spoofing: Packet (from|to) ([^,]{1,128}), /;
const INTRUSION =
  /^IPS: (Packet drop|Alert|[\w ]{1,32}), severity: (\w{1,16})(?:, Rule ID: (\d{1,10}:\d{1,10}) ?(.*?))??,? ?(?=proto:)/;
const BLACKLIST = /^IPS: (.{1,256}?)(?:,|$)/;
const URL_RULE =
  /^([A-Z]{3,8}) (URL|FTP) (["'])(.{0,256}?)\3 (\S{1,64})(?: (\S{1,128}))? (HTTPS?|FTP) (\S{1,16}) (\S{1,8192})/;
const ENDS = /\bip(?:\/port)?:(.{1,600}?) (?:->?|>) ?([^\s,(]{1,300}(?:\([^)]{0,255}\))?)/;

/** `proto:TCP, len:47, ip/port:… -> …, flags: ACK PSH , seq:1099972190 ack:3795090926, win:64036, tcplen:7` */
function readFacts(facts: string, draft: EventDraft): void {
  draft.transport(/\bproto:([\w.-]{1,16})/.exec(facts)?.[1]);
  const ends = ENDS.exec(facts);
  if (ends) {
    setEnd(draft, 'source', ends[1] as string);
    setEnd(draft, 'destination', ends[2] as string);
  } else draft.fail('source.ip', 'no addresses');
  draft.label('tcp_flags', /\bflags: ?([A-Z ]{1,40}?) ?,/.exec(facts)?.[1]);
  for (const [, name, value] of facts.matchAll(/\b(len|type|code|seq|ack|win|tcplen):(\d{1,12})/g))
    draft.label(name as string, value);
}

function setInterface(draft: EventDraft, way: string | undefined, name: string | undefined): void {
  draft.text(way === 'to' ? 'observer.egress.interface.name' : 'observer.ingress.interface.name', name);
}

/** Filter log, of a traffic rule. False: it is not worded so. */
export function readRulePacket(text: string, draft: EventDraft): boolean {
  const rule = RULE.exec(text);
  if (!rule) return false;
  const [head, action = '', , name, way, where] = rule;
  setKind(draft, 'network', verdictOf(action) ?? 'info', action);
  draft.text('rule.name', name);
  setInterface(draft, way, where);
  readFacts(text.slice(head.length), draft);
  return true;
}

/** Filter log, of a URL rule: `DENY URL 'Oyun' 192.168.64.142 ayse HTTP GET http://…`; nobody's name without a login. */
export function readRuleUrl(text: string, draft: EventDraft): boolean {
  const rule = URL_RULE.exec(text);
  if (!rule) return false;
  const [, action = '', , , name, client, user, protocol, method, url = ''] = rule;
  setKind(draft, 'web', verdictOf(action) ?? 'info', action);
  draft.text('rule.name', name);
  draft.ip('source.ip', client);
  draft.text('user.name', user);
  draft.lower('network.protocol', protocol);
  draft.text('http.request.method', method);
  setUrl(draft, url);
  return true;
}

/** Security log: intrusions, and packets from where they can't come. */
export function readThreat(text: string, draft: EventDraft): boolean {
  const spoofed = SPOOFED.exec(text);
  if (spoofed) {
    setKind(draft, 'intrusion_detection', 'denied', 'anti-spoofing');
    setInterface(draft, spoofed[1], spoofed[2]);
    readFacts(text.slice(spoofed[0].length), draft);
    return true;
  }
  if (!text.startsWith('IPS: ')) return false;
  const intrusion = INTRUSION.exec(text);
  const [, said = BLACKLIST.exec(text)?.[1] ?? '', severity, id, name] = intrusion ?? [];
  setKind(draft, 'intrusion_detection', said.includes('drop') ? 'denied' : 'info', said);
  draft.label('severity', severity);
  draft.text('rule.id', id);
  draft.text('rule.name', name?.trim());
  if (text.includes('proto:')) readFacts(text.slice(intrusion?.[0].length ?? 0), draft);
  return true;
}
