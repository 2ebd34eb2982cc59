import type { EventDraft } from '../event/draft.ts';
import { eachLeaf, type JsonObject, readJsonObject, textOf } from '../json-object/json-object.ts';
import { exactMicros } from '../time/exact-time.ts';
import { readTime } from '../time/read-time.ts';
import type { VendorTime } from '../vendor.ts';
import { setTuples, type Tuple } from './connections.ts';
import { readPrefix } from './prefix.ts';

/** ulogd2 names its values by plugin: packets have `oob.*`, connections `orig.*` and `ct.*`. */
const MARK_WITHIN = 1024;

export function isUlogdJson(text: string, at: number): boolean {
  if (text.charCodeAt(at) !== 0x7b) return false;
  const head = text.slice(at, at + MARK_WITHIN);
  return head.includes('"oob.') || head.includes('"ct.') || head.includes('"orig.');
}

/** Members that have a place; those with a CIM name (`src_ip`) are written under it (ulogd2, ulogd_output_JSON.c). */
const PLACED = new Set([
  ...['timestamp', 'dvc', 'src_ip', 'dest_ip', 'src_port', 'dest_port', 'src_mac', 'dest_mac', 'action', 'oob.prefix'],
  ...['oob.in', 'oob.out', 'oob.uid', 'ip.protocol', 'ip6.nexthdr', 'ip.totlen', 'raw.pktlen', 'raw.pktcount'],
  ...['ip.saddr.str', 'ip.daddr.str', 'mac.saddr.str', 'mac.daddr.str', 'ct.id', 'ct.event'],
  ...['flow.start.sec', 'flow.start.usec', 'flow.end.sec', 'flow.end.usec', 'orig.ip.protocol', 'reply.ip.protocol'],
  ...['orig', 'reply'].flatMap((side) =>
    ['ip.saddr.str', 'ip.daddr.str', 'l4.sport', 'l4.dport', 'raw.pktlen', 'raw.pktcount'].map(
      (name) => `${side}.${name}`,
    ),
  ),
]);

/** NFCT_T_NEW, NFCT_T_UPDATE, NFCT_T_DESTROY of libnetfilter_conntrack. */
const EVENTS: Readonly<Record<string, readonly [action: string, type: string]>> = {
  '1': ['new', 'start'],
  '2': ['update', 'info'],
  '4': ['destroy', 'end'],
};

export function readUlogdJson(text: string, at: number, draft: EventDraft): VendorTime | undefined {
  const read = readJsonObject(text, at);
  if (!read) {
    draft.fail('message', 'not a JSON object');
    return undefined;
  }
  if (read.cut) draft.fail('message', 'JSON cut');
  const log = read.object;
  if (log['orig.ip.protocol'] !== undefined || log['ct.event'] !== undefined) readFlow(draft, log);
  else readPacket(draft, log);
  draft.label('dvc', textOf(log, 'dvc'));
  eachLeaf(log, '', (name, value) => {
    if (!PLACED.has(name)) draft.label(name, value);
  });
  const written = textOf(log, 'timestamp');
  if (written === undefined) return undefined;
  const micros = exactMicros(written);
  return micros === undefined ? { written: () => readTime(written, 0)?.time } : { micros };
}

function readPacket(draft: EventDraft, log: JsonObject): void {
  const { event } = draft;
  readPrefix(textOf(log, 'oob.prefix')?.trim() ?? '', draft);
  const action = textOf(log, 'action');
  if (event['event.type'] === 'info' && action !== undefined) {
    event['event.action'] = action.toLowerCase();
    event['event.type'] = action === 'blocked' ? 'denied' : 'allowed';
  }
  draft.text('observer.ingress.interface.name', textOf(log, 'oob.in'));
  draft.text('observer.egress.interface.name', textOf(log, 'oob.out'));
  draft.ip('source.ip', textOf(log, 'src_ip') ?? textOf(log, 'ip.saddr.str'));
  draft.ip('destination.ip', textOf(log, 'dest_ip') ?? textOf(log, 'ip.daddr.str'));
  draft.port('source.port', textOf(log, 'src_port'));
  draft.port('destination.port', textOf(log, 'dest_port'));
  draft.mac('source.mac', textOf(log, 'src_mac') ?? textOf(log, 'mac.saddr.str'));
  draft.mac('destination.mac', textOf(log, 'dest_mac') ?? textOf(log, 'mac.daddr.str'));
  draft.transport(textOf(log, 'ip.protocol') ?? textOf(log, 'ip6.nexthdr'));
  draft.long('network.bytes', textOf(log, 'ip.totlen') ?? textOf(log, 'raw.pktlen'));
  draft.label('uid', textOf(log, 'oob.uid'));
  const address = event['source.ip'];
  if (address !== undefined) event['network.type'] = address.includes(':') ? 'ipv6' : 'ipv4';
}

function readFlow(draft: EventDraft, log: JsonObject): void {
  const { event } = draft;
  const ended = secondsOf(log, 'flow.end');
  const [action, type] =
    EVENTS[textOf(log, 'ct.event') ?? ''] ?? (ended === undefined ? EVENTS['1'] : EVENTS['4']) ?? [];
  event['event.category'] = 'network';
  event['event.action'] = action ?? 'flow';
  event['event.type'] = type ?? 'info';
  draft.text('logmaster.session.id', textOf(log, 'ct.id'));
  const original = tupleOf(log, 'orig', textOf(log, 'src_ip'), textOf(log, 'dest_ip'));
  setTuples(draft, original, tupleOf(log, 'reply'), textOf(log, 'orig.ip.protocol'));
  const began = secondsOf(log, 'flow.start');
  if (began === undefined) return;
  event['event.start'] = began;
  if (ended === undefined || ended < began) return;
  event['event.end'] = ended;
  draft.duration((ended - began) * 1000);
}

function tupleOf(log: JsonObject, side: 'orig' | 'reply', source?: string, destination?: string): Tuple {
  const tuple: Tuple = new Map();
  const put = (key: string, value: string | undefined) => {
    if (value !== undefined) tuple.set(key, value);
  };
  put('SRC', textOf(log, `${side}.ip.saddr.str`) ?? source);
  put('DST', textOf(log, `${side}.ip.daddr.str`) ?? destination);
  put('SPT', textOf(log, `${side}.l4.sport`) ?? (side === 'orig' ? textOf(log, 'src_port') : undefined));
  put('DPT', textOf(log, `${side}.l4.dport`) ?? (side === 'orig' ? textOf(log, 'dest_port') : undefined));
  put('BYTES', textOf(log, `${side}.raw.pktlen`));
  put('PKTS', textOf(log, `${side}.raw.pktcount`));
  return tuple;
}

/** µs; a flow that has not ended has no end, or 0. */
function secondsOf(log: JsonObject, name: 'flow.start' | 'flow.end'): number | undefined {
  const seconds = log[`${name}.sec`];
  const micros = log[`${name}.usec`];
  if (typeof seconds !== 'number' || !(seconds > 0 && seconds < 1e11)) return undefined;
  return (
    Math.round(seconds) * 1e6 + (typeof micros === 'number' && micros >= 0 && micros < 1e6 ? Math.round(micros) : 0)
  );
}
