import type { EventDraft } from '../event/draft.ts';
import { levelWord } from '../syslog/severity.ts';
import type { VendorParser } from '../vendor.ts';
import { readFirewall } from './firewall.ts';
import { readAdmin, readHotspot, readLease, readPpp } from './people.ts';

/** RouterOS topics before the message: `firewall,info`, `hotspot,account,info,debug`. */
const TOPICS = /([a-z0-9-]{2,24}(?:,!?[a-z0-9-]{2,24}){1,6}):? /y;
const KNOWN = new Set([
  'firewall',
  'dhcp',
  'hotspot',
  'ppp',
  'pppoe',
  'l2tp',
  'pptp',
  'sstp',
  'ovpn',
  'ipsec',
  'system',
  'interface',
  'wireless',
  'caps',
  'route',
  'ospf',
  'bgp',
  'dns',
  'web-proxy',
  'radius',
  'script',
  'account',
  'wifi',
  'container',
  'certificate',
  'upnp',
  'snmp',
  'ntp',
  'backup',
]);
const SEVERITIES = new Set(['critical', 'error', 'warning', 'info', 'debug']);
/** Firewall lines are known without topics too: no other vendor writes `in:X out:Y, `. */
const FIREWALL_LINE = /^.{0,100}?\w{1,32}: in:\S{1,64} .{0,32}?out:/;

type Reader = (text: string, draft: EventDraft) => boolean;
const READERS: ReadonlyMap<string, readonly Reader[]> = new Map([
  ['firewall', [readFirewall]],
  ['dhcp', [readLease]],
  ['hotspot', [readHotspot]],
  ['system', [readAdmin]],
  ...['ppp', 'pppoe', 'l2tp', 'pptp', 'sstp', 'ovpn'].map((topic) => [topic, [readPpp]] as const),
]);

/** MikroTik RouterOS 6 and 7. Topics without a reader keep topics, level and message. */
export const mikrotikParser: VendorParser = {
  name: 'mikrotik',

  recognises({ text, messageAt }) {
    const topics = readTopics(text, messageAt);
    if (topics) return topics.some((topic) => KNOWN.has(topic));
    return FIREWALL_LINE.test(text.slice(messageAt, messageAt + 256));
  },

  read({ text, messageAt }, draft) {
    const topics = readTopics(text, messageAt) ?? ['firewall'];
    const said = text.slice(TOPICS.lastIndex === 0 ? messageAt : TOPICS.lastIndex);
    const { event } = draft;
    event['event.dataset'] = 'mikrotik.routeros';
    event['observer.vendor'] = 'MikroTik';
    event['observer.product'] = 'RouterOS';
    event['observer.type'] = 'router';
    event['event.category'] = 'host';
    const severity = topics.find((topic) => SEVERITIES.has(topic));
    if (severity !== undefined) event['log.level'] = levelWord(severity);
    event['event.type'] = severity === 'error' || severity === 'critical' ? 'error' : 'info';
    draft.label('topics', topics.join(','));
    for (const topic of topics) {
      for (const reader of READERS.get(topic) ?? []) if (reader(said, draft)) return undefined;
    }
    // Topics carry all kinds of remarks; only a firewall line has one form, so only its surprise is one.
    if (topics.includes('firewall')) draft.fail('message', 'unexpected wording of a firewall line');
    return undefined;
  },
};

/** Leaves `TOPICS.lastIndex` behind the topics, or at 0 when there are none. */
function readTopics(text: string, at: number): string[] | undefined {
  TOPICS.lastIndex = at;
  return TOPICS.exec(text)?.[1]?.split(',');
}
