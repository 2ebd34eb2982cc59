import type { EventDraft } from '../event/draft.ts';
import { levelWord } from '../syslog/severity.ts';
import { readTime } from '../time/read-time.ts';
import type { VendorInput, VendorParser } from '../vendor.ts';
import { readDns } from './dns.ts';
import { readFirewall } from './firewall.ts';
import { readLease } from './leases.ts';
import { readAdmin, readHotspot, readPpp, readStation } from './people.ts';
import { readChange, readInterface, readIpsec, readProxy } from './services.ts';
import { findTopics, hasTopics, LEVELS, readFileTime, readTopics, type Topics, topicsOfTag } from './topics.ts';

type Reader = (text: string, draft: EventDraft) => boolean;
const READERS: ReadonlyMap<string, readonly Reader[]> = new Map<string, readonly Reader[]>([
  ['firewall', [readFirewall]],
  ['dhcp', [readLease]],
  ['hotspot', [readHotspot]],
  ['system', [readAdmin, readChange]],
  ['interface', [readInterface]],
  ['ipsec', [readIpsec]],
  ['dns', [readDns]],
  ['web-proxy', [readProxy]],
  ...['wireless', 'wifi', 'caps'].map((topic) => [topic, [readStation]] as const),
  ...['ppp', 'pppoe', 'l2tp', 'pptp', 'sstp', 'ovpn'].map((topic) => [topic, [readPpp]] as const),
]);

interface Shape {
  /** Looked for first: cheaper than the pattern, and most records lack it. */
  readonly may: (head: string) => boolean;
  readonly pattern: RegExp;
  readonly topic: string;
}

const shape = (topic: string, may: Shape['may'], pattern: RegExp): Shape => ({ topic, may, pattern });
const has = (needle: string) => (head: string) => head.includes(needle);
const begins = (start: string) => (head: string) => head.startsWith(start);
/** What RouterOS calls the things that people change. */
const CHANGED =
  /^(?:new |static |simple )?(?:filter|nat|mangle|raw|address list|user|route|interface|item|script|scheduler|dns|dhcp|queue|ppp|hotspot|bridge|vlan|logging|firewall|ip|device|service|certificate|pool|address|system)[ \w-]{0,60} (?:added|changed|removed|moved) by \S/;
/** The header takes this topic, when it stands alone, for a host's name. */
const DNS_ALONE = /^(?:dns )?(?:query from [\da-fA-F.:]{2,45}: #|(?:done|local) query: #)/;
const MAC = '(?:[\\dA-F]{2}:){5}[\\dA-F]{2}';

/**
 * Lines that no other vendor writes, for RouterOS' syslog format without topics: packets (`in:X out:Y, `), leases,
 * sign-ins, tunnels, stations.
 */
const SHAPES: readonly Shape[] = [
  shape('firewall', has(' out:'), /^.{0,100}?[\w.-]{1,48}: in:\S{1,64} .{0,32}?out:/),
  shape(
    'dhcp',
    has('assigned '),
    new RegExp(`^[^:]{1,64}? (?:de)?assigned [\\d.]{7,15} (?:to|for|from) ${MAC}(?: |$)`),
  ),
  shape('system', begins('login failure for user '), /^login failure for user .{0,128}? via \w/),
  shape('system', begins('user '), /^user .{1,128}? logged (?:in|out) (?:from [\w.:-]{2,64} )?via \w/),
  shape(
    'hotspot',
    has('): '),
    /^(?:->: )?.{1,128}? \([\d.]{7,15}\): (?:logged (?:in|out)|login failed|trying to log in)/,
  ),
  shape('ppp', begins('<'), /^<(?:pppoe|l2tp|pptp|sstp|ovpn)-[^>]{1,128}>: /),
  shape('ppp', has(' logged '), /^\S{1,128} logged (?:in, [\d.]{7,15}|out, \d{1,10} \d{1,16} )/),
  shape('dns', has('query'), DNS_ALONE),
  shape('system', has(' by '), CHANGED),
  shape(
    'wireless',
    (head) => head[17] === '@',
    new RegExp(`^${MAC}@[^\\s:,]{1,64}:? (?:dis)?(?:connected|associated)`),
  ),
];

/** MikroTik RouterOS 6 and 7. Topics without a reader keep topics, level and message. */
export const mikrotikParser: VendorParser = {
  name: 'mikrotik',

  recognises(input) {
    if (hasTopics(input.text, input.messageAt)) return true;
    return topicsOf(input) !== undefined || shapeOf(headOf(input)) !== undefined;
  },

  read(input, draft) {
    const topics = topicsOf(input);
    const topic = topics ? undefined : shapeOf(headOf(input));
    const from = topics?.end ?? input.messageAt;
    const said = input.text.slice(from);
    if (topics) draft.label('topics', topics.names.join(','));
    readMessage(topics?.names ?? (topic === undefined ? [] : [topic]), chainInTag(input, said), draft);
    const time = topics?.written === undefined ? undefined : readTime(topics.written, 0)?.time;
    return time && { written: () => time };
  },
};

/** Reads a message of these topics; also for the records of its CEF format. */
export function readMessage(topics: readonly string[], said: string, draft: EventDraft): void {
  const { event } = draft;
  event['event.dataset'] = 'mikrotik.routeros';
  event['observer.vendor'] = 'MikroTik';
  event['observer.product'] ??= 'RouterOS';
  event['observer.type'] = 'router';
  event['event.category'] = 'host';
  // `system,error,critical`: the gravest of them.
  const severity = LEVELS.find((level) => topics.includes(level));
  if (severity !== undefined) event['log.level'] = levelWord(severity);
  event['event.type'] = severity === 'error' || severity === 'critical' ? 'error' : 'info';
  const readers = topics.flatMap((topic) => READERS.get(topic) ?? []);
  if (readers.some((read) => read(said, draft))) return;
  // `prefix` of a logging rule stands before the message: `core1: message`.
  const colon = said.indexOf(': ');
  if (colon > 0 && colon < 64 && readers.some((read) => read(said.slice(colon + 2), draft))) {
    draft.label('prefix', said.slice(0, colon));
    return;
  }
  // Topics carry all kinds of remarks; only a firewall line has one form, so only its surprise is one.
  if (topics.includes('firewall')) draft.fail('message', 'unexpected wording of a firewall line');
}

function topicsOf({ text, messageAt, header }: VendorInput): (Topics & { written?: string | undefined }) | undefined {
  const here = readTopics(text, messageAt);
  if (here) return here;
  const time = readFileTime(text, messageAt);
  const behind = time && readTopics(text, time.end);
  if (behind) return { ...behind, written: time.written };
  const names = topicsOfTag(header.appname) ?? topicsOfTag(header.msgid);
  return names ? { names, end: messageAt } : findTopics(text, messageAt);
}

/** A chain of the administrator's own looks like a tag to the syslog header. */
function chainInTag({ header }: VendorInput, said: string): string {
  return said.startsWith('in:') && header.appname !== undefined ? `${header.appname}: ${said}` : said;
}

function headOf(input: VendorInput): string {
  return chainInTag(input, input.text.slice(input.messageAt, input.messageAt + 256));
}

function shapeOf(head: string): string | undefined {
  return SHAPES.find(({ may, pattern }) => may(head) && pattern.test(head))?.topic;
}
