import { fieldOf, TIME_NAMES } from '../event/common-names.ts';
import type { EventDraft } from '../event/draft.ts';
import { setNamed } from '../event/set-named.ts';
import type { Setter } from '../event/setters.ts';
import { addTotals } from '../event/totals.ts';
import { readWhen } from '../time/read-when.ts';
import { canonicalIp } from '../values/ip.ts';
import { verdictOf } from '../values/verdict.ts';
import type { VendorParser, VendorTime } from '../vendor.ts';
import { readDelimited } from './delimited.ts';
import { pairFormOf } from './form.ts';
import { readLoosePairs } from './loose.ts';
import { readPairs } from './pairs.ts';

/** Fewer pairs than this are text that happens to hold an equals sign. */
const MIN_PAIRS = 3;
/** How far recognition looks. */
const HEAD = 512;
const NAME = /^[A-Za-z_][\w.-]{0,63}$/;

/** Names whose values need more than their field: `10.0.0.5:51000:X0`, `tcp/https`, netfilter's interfaces. */
const OWN: ReadonlyMap<string, Setter> = new Map<string, Setter>([
  ...['srcip', 'src_ip', 'src', 'source'].map((name) => [name, address('source.ip', 'source.port')] as const),
  ...['dstip', 'dst_ip', 'dst', 'dest', 'destination'].map(
    (name) => [name, address('destination.ip', 'destination.port')] as const,
  ),
  ['in', (draft, value) => draft.text('observer.ingress.interface.name', value)],
  ['out', (draft, value) => draft.text('observer.egress.interface.name', value)],
]);
const TIMES = new Set([...TIME_NAMES, 'time', 'date']);

/** Key=value records of devices without a parser of their own: well-known names become fields, all others labels. */
export const keyValueParser: VendorParser = {
  name: 'key_value',

  recognises({ text, messageAt }) {
    return pairFormOf(text, messageAt, messageAt + HEAD).pairs >= MIN_PAIRS;
  },

  read({ text, messageAt, header }, draft) {
    const times = new Map<string, string>();
    const take = (key: string, value: string, unclosed: boolean) => {
      if (unclosed) draft.fail('labels', 'quote not closed');
      if (!NAME.test(key)) return;
      setPair(draft, key, value);
      if (TIMES.has(key)) times.set(key, value);
    };
    const { delimiter } = pairFormOf(text, messageAt, messageAt + HEAD);
    if (delimiter === ' ' && !QUOTED.test(text.slice(messageAt))) {
      readLoosePairs(text, messageAt, (key, word, whole) => take(key, mayHoldWords(key) ? whole : word, false));
    } else if (delimiter === ' ') readPairs(text, messageAt, take, `"'`);
    else readDelimited(text, messageAt, delimiter, take);
    const { event } = draft;
    event['event.dataset'] = 'generic.key_value';
    event['event.type'] = verdictOf(event['event.action'] ?? '') ?? 'info';
    if (event['source.ip'] !== undefined || event['destination.ip'] !== undefined) event['event.category'] = 'network';
    addTotals(draft);
    return header.time ? undefined : timeOf(times);
  },
};

/** Some value is quoted: then blanks end those that are not. */
const QUOTED = /=["']/;
/** Fields whose values are words; of all others the first one is the value, and the rest a remark. */
const WORDED: ReadonlySet<string> = new Set(['user_agent.original', 'event.reason', 'rule.name', 'message']);

function mayHoldWords(name: string): boolean {
  const field = fieldOf(name);
  if (field !== undefined) return WORDED.has(field);
  return !OWN.has(name.toLowerCase()) && !TIMES.has(name);
}

function setPair(draft: EventDraft, key: string, value: string): void {
  const own = OWN.get(key.toLowerCase());
  if (own) {
    own(draft, value);
    return;
  }
  if (!setNamed(draft, key, value)) draft.label(key, value);
}

function timeOf(times: ReadonlyMap<string, string>): VendorTime | undefined {
  const date = times.get('date');
  if (date !== undefined) return readWhen(`${date} ${times.get('time') ?? ''}`.trim());
  for (const name of TIME_NAMES) {
    const when = readWhen(times.get(name) ?? '');
    if (when) return when;
  }
  return undefined;
}

/** `10.0.0.5`, or with a port behind it. Anything else is a label. */
function address(field: 'source.ip' | 'destination.ip', port: 'source.port' | 'destination.port'): Setter {
  return (draft, value) => {
    const whole = canonicalIp(value);
    const [host = '', number] = whole === undefined ? value.split(':', 3) : [value];
    if (whole === undefined && canonicalIp(host) === undefined) {
      draft.label(field === 'source.ip' ? 'source' : 'destination', value);
      return;
    }
    draft.ip(field, host);
    if (number !== undefined && /^\d{1,5}$/.test(number)) draft.port(port, number);
  };
}
