import type { EventDraft } from '../event/draft.ts';
import { readTransport } from '../values/transport.ts';

const MARKS: ReadonlyMap<string, readonly [action: string, type: string]> = new Map([
  ['[NEW]', ['new', 'start']],
  ['[UPDATE]', ['update', 'info']],
  ['[DESTROY]', ['destroy', 'end']],
]);
/** Before the mark stands at most the time of `conntrack -E -o timestamp`. */
const HEAD = 48;

/** Position of `[NEW]`, `[UPDATE]` or `[DESTROY]` near the start, with addresses behind it; −1 without. */
export function findConnection(text: string, at: number): number {
  let mark = text.indexOf('[', at);
  for (let round = 0; round < 2 && mark >= 0 && mark < at + HEAD; round++) {
    const close = text.indexOf(']', mark);
    if (close < 0) return -1;
    if (MARKS.has(text.slice(mark, close + 1))) {
      const address = text.slice(close, close + 160);
      return address.includes('src=') || address.includes('ORIG: SRC=') ? mark : -1;
    }
    mark = text.indexOf('[', close);
  }
  return -1;
}

/** One direction of a connection, keys in upper case: SRC, DST, SPT, DPT, PKTS, BYTES. */
export type Tuple = Map<string, string>;

const SAME: Readonly<Record<string, string>> = { SPORT: 'SPT', DPORT: 'DPT', PACKETS: 'PKTS' };
const OF_TUPLE = new Set(['SRC', 'DST', 'SPT', 'DPT', 'PKTS', 'BYTES', 'PROTO', 'TYPE', 'CODE', 'ID']);

/**
 * A connection of conntrack: `[NEW] tcp 6 120 SYN_SENT src=… dst=… sport=… dport=… [UNREPLIED] src=…` (conntrack -E)
 * and `[DESTROY] ORIG: SRC=… PKTS=… BYTES=… , REPLY: SRC=…` (ulogd2). The reply goes to where the original seemed to
 * come from: where it differs from the original turned round, the address was translated. The kernel knows a
 * connection by its original tuple, so that is the session's id when conntrack's own is not written.
 */
export function readConnection(text: string, mark: number, draft: EventDraft): void {
  const close = text.indexOf(']', mark) + 1;
  const [action, type] = MARKS.get(text.slice(mark, close)) as readonly [string, string];
  const { event } = draft;
  event['event.category'] = 'network';
  event['event.action'] = action;
  event['event.type'] = type;
  const original: Tuple = new Map();
  const reply: Tuple = new Map();
  const words = text.slice(close).split(' ', 128);
  const layers: string[] = [];
  for (const word of words) {
    if (word === '') continue;
    const equals = word.indexOf('=');
    if (equals < 0) {
      if (original.size === 0) layers.push(word);
      if (/^[A-Z_]{3,16}$/.test(word)) draft.label('state', word);
      continue;
    }
    const upper = word.slice(0, equals).toUpperCase();
    const key = Object.hasOwn(SAME, upper) ? (SAME[upper] as string) : upper;
    const value = word.slice(equals + 1);
    // ICMP has an id in each tuple; conntrack's own stands last.
    const ownId = key === 'ID' && reply.has('SRC') && reply.has('TYPE') === reply.has('ID');
    if (ownId) draft.text('logmaster.session.id', value);
    else if (key === 'DELTA-TIME') draft.seconds(value);
    else if (!OF_TUPLE.has(key)) draft.label(word.slice(0, equals), value);
    else if (original.has('SRC') && (key === 'SRC' || reply.has('SRC'))) reply.set(key, value);
    else original.set(key, value);
  }
  setTuples(draft, original, reply, original.get('PROTO') ?? protocolOf(layers));
}

/** `tcp 6 …`, `unknown 47 …`, and with `-o extended` the network's own before it: `ipv4 2 tcp 6 …`. */
function protocolOf(layers: readonly string[]): string | undefined {
  const at = layers[0] === 'ipv4' || layers[0] === 'ipv6' ? 2 : 0;
  return layers[at] === 'unknown' ? layers[at + 1] : layers[at];
}

/** Both directions of a connection, their translations and the session's id. */
export function setTuples(draft: EventDraft, original: Tuple, reply: Tuple, protocol: string | undefined): void {
  const { event } = draft;
  draft.ip('source.ip', original.get('SRC'));
  draft.ip('destination.ip', original.get('DST'));
  draft.port('source.port', original.get('SPT'));
  draft.port('destination.port', original.get('DPT'));
  if (protocol !== undefined && readTransport(protocol).number !== undefined) draft.transport(protocol);
  else draft.label('protocol', protocol);
  draft.label('icmp_type', original.get('TYPE'));
  draft.label('icmp_code', original.get('CODE'));
  draft.long('source.packets', original.get('PKTS'));
  draft.long('source.bytes', original.get('BYTES'));
  draft.long('destination.packets', reply.get('PKTS'));
  draft.long('destination.bytes', reply.get('BYTES'));
  if (event['source.bytes'] !== undefined && event['destination.bytes'] !== undefined)
    event['network.bytes'] = event['source.bytes'] + event['destination.bytes'];
  if (event['source.packets'] !== undefined && event['destination.packets'] !== undefined)
    event['network.packets'] = event['source.packets'] + event['destination.packets'];
  if (differs(original, reply, 'SRC', 'DST') || differs(original, reply, 'SPT', 'DPT')) {
    draft.ip('source.nat.ip', reply.get('DST'));
    draft.port('source.nat.port', reply.get('DPT'));
  }
  if (differs(original, reply, 'DST', 'SRC') || differs(original, reply, 'DPT', 'SPT')) {
    draft.ip('destination.nat.ip', reply.get('SRC'));
    draft.port('destination.nat.port', reply.get('SPT'));
  }
  const address = event['source.ip'];
  if (address === undefined) {
    if (!original.has('SRC')) draft.fail('source.ip', 'no address');
    return;
  }
  event['network.type'] = address.includes(':') ? 'ipv6' : 'ipv4';
  event['logmaster.session.id'] ??= ['SRC', 'SPT', 'DST', 'DPT', 'ID']
    .reduce((id, key) => (original.has(key) ? `${id} ${original.get(key)}` : id), protocol?.toLowerCase() ?? '')
    .trim();
}

function differs(original: Tuple, reply: Tuple, from: string, to: string): boolean {
  const answered = reply.get(to);
  return answered !== undefined && answered !== original.get(from);
}
