import type { EventDraft } from '../event/draft.ts';
import { addTotals } from '../event/totals.ts';
import { dropUntranslated } from '../event/translation.ts';
import { readPairs } from '../key-value/pairs.ts';
import { canonicalIp } from '../values/ip.ts';
import { applyPair, setUrl } from './fields.ts';

/** Words of the fixed part; interface names have a few words at most. */
const MAX_WORDS = 40;
/** Words without a name before the policy: `win 8192 blocked sites (Internal Policy)`. */
const REMARK = / \d{1,10} ([a-z][a-z -]{2,64}?)(?: \([a-z][a-z ]{2,40}\))? \([^()]{1,128}\)(?: |$)/;
const MAIL = /^(?:Proxy\w{2,16}: )?(?:SMTP|POP3|IMAP) /;
const DISPOSITION = /^(?:Allow|Deny|Drop|Block|Reset)\b/i;

/**
 * A traffic message of packet filters and proxies (Fireware Log Catalog, "Traffic log messages"):
 * `Allow <in> <out> [<length>] <protocol> [<header> <ttl>] <source> <destination> <port> <port> … key="value" … (policy)`,
 * and as the Traffic Monitor shows it: `Allow <source> <destination> <service/protocol> <port> <port> <in> <out> …`.
 * False when it is none.
 */
export function readTraffic(message: string, draft: EventDraft): boolean {
  const said = message.replace(/^Proxy\w{2,16}: (?=Allow|Deny|Drop|Block|Reset)/, '');
  if (!DISPOSITION.test(said)) return false;
  const words = said.split(' ', MAX_WORDS);
  const source = words.findIndex((word, i) => isAddress(word) && isAddress(words[i + 1]));
  if (source < 1) return false;
  draft.lower('event.action', words[0]);
  draft.ip('source.ip', words[source]);
  draft.ip('destination.ip', words[source + 1]);
  if (source === 1) setMonitored(draft, words);
  else setLogged(draft, words, source);
  const pairs = new Map<string, string>();
  readPairs(said, 0, (name, value) => pairs.set(name, value));
  for (const [name, value] of pairs) applyPair(draft, name, value);
  setUrl(draft, pairs);
  setPolicy(draft, said);
  draft.text('event.reason', REMARK.exec(said.slice(0, 512))?.[1]);
  addTotals(draft);
  dropUntranslated(draft);
  classifyTraffic(draft, pairs);
  return true;
}

/** Category, type and reason of a connection or request whose fields are set. */
export function classifyTraffic(draft: EventDraft, pairs: ReadonlyMap<string, string>): void {
  const { event } = draft;
  event['event.category'] = categoryOf(pairs);
  // The record with a duration is written when the connection is over.
  const passed = pairs.has('duration') ? 'end' : 'allowed';
  event['event.type'] = event['event.action'] === 'allow' ? passed : 'denied';
  if (event['event.reason'] === undefined) draft.text('event.reason', pairs.get('msg'));
  else draft.label('msg', pairs.get('msg'));
}

function isAddress(word: string | undefined): boolean {
  return word !== undefined && word.length >= 2 && canonicalIp(word) !== undefined;
}

function setLogged(draft: EventDraft, words: readonly string[], source: number): void {
  // A packet filter writes header length and TTL between protocol and source, a proxy nothing.
  const isPacket = isNumber(words[source - 1]) && isNumber(words[source - 2]) && source >= 5;
  const protocol = isPacket ? source - 3 : source - 1;
  setProtocol(draft, words[protocol]);
  setInterfaces(draft, words.slice(1, isPacket ? protocol - 1 : protocol));
  setPorts(draft, words[source + 2], words[source + 3]);
}

function setMonitored(draft: EventDraft, words: readonly string[]): void {
  const [service = '', protocol = ''] = (words[3] ?? '').split('/', 2);
  setProtocol(draft, protocol === '' ? service : protocol);
  if (protocol !== '' && !isNumber(service)) draft.lower('network.protocol', service);
  setPorts(draft, words[4], words[5]);
  const end = words.findIndex((word, i) => i > 6 && /^(?:Allowed|Denied|ProxyAllow|ProxyDeny|ProxyDrop|\()/.test(word));
  setInterfaces(draft, words.slice(6, end < 0 ? 8 : end));
}

function setProtocol(draft: EventDraft, word: string | undefined): void {
  if (word !== undefined && /^(?:\d{1,3}|[a-z][a-z\d-]{1,15})$/i.test(word)) draft.transport(word);
}

/** ICMP has type and code in place of ports. */
function setPorts(draft: EventDraft, source: string | undefined, destination: string | undefined): void {
  if (!isNumber(source) || !isNumber(destination)) return;
  if (draft.event['network.transport']?.includes('icmp')) {
    draft.label('icmp_type', source);
    draft.label('icmp_code', destination);
    return;
  }
  draft.port('source.port', source);
  draft.port('destination.port', destination);
}

/** Names may hold blanks: `WAN - Fiber Firebox`. The device itself and numbered names tell where the second begins. */
function setInterfaces(draft: EventDraft, words: readonly string[]): void {
  let cut =
    words.length === 2 ? 1 : words.findIndex((word, i) => i > 0 && (word === 'Firebox' || /^\d{1,3}-/.test(word)));
  if (cut < 0 && words[0] === 'Firebox') cut = 1;
  if (cut < 0) {
    draft.label('interfaces', words.join(' '));
    return;
  }
  draft.text('observer.ingress.interface.name', words.slice(0, cut).join(' '));
  draft.text('observer.egress.interface.name', words.slice(cut).join(' '));
}

/** The last bracket outside of the pairs names the policy: `(HTTP-proxy-00)`. */
function setPolicy(draft: EventDraft, said: string): void {
  let close = said.endsWith(')') ? said.length - 1 : said.indexOf(') ');
  // `blocked sites (geolocation source) (policy)`
  if (close > 0 && said.startsWith(' (', close + 1)) close = said.indexOf(')', close + 3);
  const open = said.lastIndexOf(' (', close);
  if (close > 0 && open > 0) draft.text('rule.name', said.slice(open + 2, close));
}

function categoryOf(pairs: ReadonlyMap<string, string>): string {
  if (pairs.has('virus')) return 'malware';
  if (pairs.has('signature_id')) return 'intrusion_detection';
  if (MAIL.test(pairs.get('msg') ?? '')) return 'email';
  return pairs.has('op') || pairs.has('dstname') || pairs.has('cats') ? 'web' : 'network';
}

function isNumber(word: string | undefined): boolean {
  return word !== undefined && /^\d{1,10}$/.test(word);
}
