import type { EventDraft } from '../event/draft.ts';
import { dropIcmpPorts } from '../event/icmp.ts';
import { setKind } from '../event/kind.ts';
import { setUrl } from '../event/url.ts';
import { readEndpoint } from '../values/endpoint.ts';
import { splitUrl } from '../values/url.ts';
import { verdictOf } from '../values/verdict.ts';

/** `[FILTER]`, and of Content Security Management: applications, URLs, categories of the web, names asked for. */
const CATEGORIES: ReadonlyMap<string, string> = new Map([
  ['FILTER', 'network'],
  ['CSM_AE', 'network'],
  ['CSM_UF', 'web'],
  ['CSM_WF', 'web'],
  ['CSM_DNSF', 'network'],
  ['DOS', 'intrusion_detection'],
]);
/** The layer above, in the place of the transport. */
const PROTOCOLS = new Set(['http', 'https', 'dns']);
/** `LAN/RT/VPN->WAN, 121:50:32    `: from where to where, and how long the router has been up. */
const PASSAGE = /^([\w/ ]{1,24})->([\w/ ]{1,24})(?:, *([\d:]{1,16}) *)?$/;
/** Filter set and its rule. */
const RULE = /^@S:R=(\d{1,4}:\d{1,4}), /;
/** `Service_Provider=CYREN`, `Type=KW(G:O=0:1)`. */
const FACT = /^(\w{1,32})=(.{0,256})$/;
const PORT_BEHIND = /\/:(\d{1,5})$/;

const MAX_PARTS = 12;

/** Does a message's first bracket say so? */
export function isPacket(tag: string): boolean {
  return CATEGORIES.has(tag);
}

/** `[FILTER][Block][LAN/RT/VPN->WAN, 0:10:22 ][@S:R=2:2, 192.168.1.11->203.0.113.8][ICMP][HLen=20, TLen=60, …]` */
export function readPacket(text: string, draft: EventDraft): void {
  const [tag = '', action = '', ...parts] = text.slice(1).replace(/\] *$/, '').split('][', MAX_PARTS);
  const web = CATEGORIES.get(tag) ?? 'network';
  setKind(draft, web, verdictOf(action) ?? 'info', action);
  draft.text('event.code', tag);
  const at = parts.findIndex((part) => part.includes('->') && !PASSAGE.test(part));
  for (const [index, part] of parts.entries()) {
    if (at < 0 || index < at) setBefore(draft, tag, part);
    else if (index > at) setBehind(draft, part);
  }
  setEnds(draft, tag, parts[at] ?? '');
  dropIcmpPorts(draft);
}

/** Between the action and the addresses. */
function setBefore(draft: EventDraft, tag: string, part: string): void {
  const passage = PASSAGE.exec(part);
  if (passage) {
    draft.text('observer.ingress.zone', passage[1]);
    draft.text('observer.egress.zone', passage[2]);
    draft.label('uptime', passage[3]);
    return;
  }
  const fact = FACT.exec(part);
  if (fact?.[1] === 'Category') draft.text('rule.category', fact[2]);
  else if (fact) draft.label(fact[1] as string, fact[2]);
  else if (tag === 'CSM_AE') draft.lower('network.application', part);
  else if (tag === 'DOS') draft.text('rule.name', part);
  else draft.label('part', part);
}

function setEnds(draft: EventDraft, tag: string, part: string): void {
  const rule = RULE.exec(part);
  draft.text('rule.id', rule?.[1]);
  const ends = rule ? part.slice(rule[0].length) : part;
  const arrow = ends.indexOf('->');
  const source = readEndpoint(ends.slice(0, Math.max(arrow, 0)).trim());
  if (source === undefined) draft.fail('source.ip', 'no address');
  draft.ip('source.ip', source?.ip);
  draft.port('source.port', source?.port);
  if (arrow < 0) return;
  const to = ends.slice(arrow + 2).trim();
  const destination = readEndpoint(to);
  if (destination === undefined) setTarget(draft, tag, to);
  draft.ip('destination.ip', destination?.ip);
  draft.port('destination.port', destination?.port);
}

/** `http://www.example.com/:80`, `http://www.example.com:80/news`; of a name asked for, `http://www.example.com:53`. */
function setTarget(draft: EventDraft, tag: string, written: string): void {
  const behind = PORT_BEHIND.exec(written);
  const url = behind ? written.slice(0, behind.index + 1) : written;
  const { host, port } = splitUrl(url);
  draft.port('destination.port', behind?.[1] ?? port);
  if (tag === 'CSM_DNSF') draft.text('dns.question.name', host);
  else setUrl(draft, url);
}

/** Protocol and lengths. */
function setBehind(draft: EventDraft, part: string): void {
  if (part.includes('=')) {
    for (const pair of part.split(', ', 16)) {
      const equals = pair.indexOf('=');
      if (equals > 0) draft.label(pair.slice(0, equals), pair.slice(equals + 1));
    }
    return;
  }
  const word = part.toLowerCase();
  if (PROTOCOLS.has(word)) draft.event['network.protocol'] = word;
  else draft.transport(word.startsWith('pr ') ? word.slice(3) : word);
}
