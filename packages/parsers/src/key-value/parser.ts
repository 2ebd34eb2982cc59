import type { EventDraft } from '../event/draft.ts';
import { readTime } from '../time/read-time.ts';
import { canonicalIp } from '../values/ip.ts';
import { readTransport } from '../values/transport.ts';
import type { VendorParser } from '../vendor.ts';
import { readPairs } from './pairs.ts';

/** Fewer pairs than this are text that happens to hold an equals sign. */
const MIN_PAIRS = 3;
/** How far recognition looks. */
const HEAD = 512;
const NAME = /^[A-Za-z_][\w.-]{0,63}$/;

type Setter = (draft: EventDraft, value: string) => void;

/** Names that mean the same in the key=value logs of most firewalls (netfilter, SonicWall, Sophos, pf). */
const COMMON: ReadonlyMap<string, Setter> = new Map<string, Setter>([
  ...['srcip', 'src_ip', 'src', 'source'].map((name) => [name, address('source.ip', 'source.port')] as const),
  ...['dstip', 'dst_ip', 'dst', 'dest', 'destination'].map(
    (name) => [name, address('destination.ip', 'destination.port')] as const,
  ),
  ...['srcport', 'src_port', 'spt', 'sport'].map(
    (name) => [name, (draft: EventDraft, value: string) => draft.port('source.port', value)] as const,
  ),
  ...['dstport', 'dst_port', 'dpt', 'dport'].map(
    (name) => [name, (draft: EventDraft, value: string) => draft.port('destination.port', value)] as const,
  ),
  ...['proto', 'protocol'].map((name) => [name, setTransport] as const),
  ...['user', 'username', 'usr'].map(
    (name) => [name, (draft: EventDraft, value: string) => draft.text('user.name', value)] as const,
  ),
  ...['action', 'act'].map(
    (name) => [name, (draft: EventDraft, value: string) => draft.lower('event.action', value)] as const,
  ),
  ['in', (draft, value) => draft.text('observer.ingress.interface.name', value)],
  ['out', (draft, value) => draft.text('observer.egress.interface.name', value)],
]);

const DENIES = new Set(['deny', 'denied', 'drop', 'dropped', 'block', 'blocked', 'reject', 'rejected']);
const ALLOWS = new Set(['allow', 'allowed', 'accept', 'accepted', 'pass', 'permit', 'permitted']);

/** `tcp`, `6`, `tcp/https`; another device's word for something else is a label, not an error. */
function setTransport(draft: EventDraft, value: string): void {
  const word = value.split('/', 1)[0] as string;
  if (readTransport(word).number === undefined) draft.label('protocol', value);
  else draft.transport(word);
}

const TIME_NAMES = new Set(['date', 'time', 'timestamp', 'datetime']);

/** Key=value records of devices without a parser of their own: well-known names become fields, all others labels. */
export const keyValueParser: VendorParser = {
  name: 'key_value',

  recognises({ text, messageAt }) {
    let pairs = 0;
    readPairs(text.slice(messageAt, messageAt + HEAD), 0, (key) => {
      if (NAME.test(key)) pairs++;
    });
    return pairs >= MIN_PAIRS;
  },

  read({ text, messageAt, header }, draft) {
    const times: Record<string, string> = {};
    readPairs(text, messageAt, (key, value, unclosed) => {
      if (unclosed) draft.fail('labels', 'quote not closed');
      if (!NAME.test(key)) return;
      const set = COMMON.get(key.toLowerCase());
      if (set) set(draft, value);
      else draft.label(key, value);
      if (TIME_NAMES.has(key)) times[key] = value;
    });
    const { event } = draft;
    const action = event['event.action'] ?? '';
    event['event.dataset'] = 'generic.key_value';
    event['event.type'] = DENIES.has(action) ? 'denied' : ALLOWS.has(action) ? 'allowed' : 'info';
    if (event['source.ip'] !== undefined || event['destination.ip'] !== undefined) event['event.category'] = 'network';
    const { date, time, timestamp, datetime } = times;
    const written = readTime(timestamp ?? datetime ?? (date ? `${date} ${time}` : (time ?? '')), 0)?.time;
    return written && !header.time ? { written: () => written } : undefined;
  },
};

/** `10.0.0.5`, or with port and zone as SonicWall writes it: `10.0.0.5:51000:X0`. Anything else is a label. */
function address(field: 'source.ip' | 'destination.ip', port: 'source.port' | 'destination.port'): Setter {
  return (draft, value) => {
    const whole = canonicalIp(value);
    const [host = '', number] = whole === undefined ? value.split(':', 3) : [value];
    if (whole === undefined && canonicalIp(host) === undefined) {
      draft.label(field === 'source.ip' ? 'source' : 'destination', value);
      return;
    }
    draft.ip(field, host);
    draft.port(port, number);
  };
}
