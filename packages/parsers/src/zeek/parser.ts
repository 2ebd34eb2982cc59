import { MICROS_PER_SECOND, type Micros } from '@logmaster/core/time';
import type { EventDraft } from '../event/draft.ts';
import { eachLeaf, type JsonObject, readJsonObject, textOf } from '../json-object/json-object.ts';
import { findProgram } from '../programs/program.ts';
import { exactMicros } from '../time/exact-time.ts';
import type { VendorInput, VendorParser } from '../vendor.ts';
import { nameOfLog, readLog } from './logs.ts';
import { isTsv, readTsv } from './tsv.ts';

export const PROGRAMS: ReadonlyMap<string, true> = new Map([
  ['zeek', true],
  ['bro', true],
  ['corelight', true],
]);
const MARK_WITHIN = 400;
/** Members that have a place. */
const PLACED = new Set([
  ...[
    'ts',
    'uid',
    'id.orig_h',
    'id.orig_p',
    'id.resp_h',
    'id.resp_p',
    'proto',
    'duration',
    '_path',
    '@path',
    'service',
  ],
  ...[
    'orig_bytes',
    'resp_bytes',
    'orig_pkts',
    'resp_pkts',
    'query',
    'qtype_name',
    'rcode_name',
    'host',
    'uri',
    'method',
  ],
  ...[
    'status_code',
    'user_agent',
    'mac',
    'assigned_addr',
    'host_name',
    'lease_time',
    'server_addr',
    'note',
    'src',
    'dst',
    'filename',
    'sha256',
    'tx_hosts',
    'rx_hosts',
  ],
]);

function startOf(input: VendorInput): number {
  const { text } = input;
  const at = findProgram(input, PROGRAMS)?.at ?? input.messageAt;
  if (isTsv(text, at)) return at;
  if (text.charCodeAt(at) !== 0x7b) return -1;
  const head = text.slice(at, at + MARK_WITHIN);
  const isFlow = head.includes('"id.orig_h"');
  const isLease = head.includes('"uids"') && head.includes('"msg_types"');
  const isFile = head.includes('"fuid"');
  return (isFlow || isLease || isFile || head.includes('"note"')) && head.includes('"ts"') ? at : -1;
}

/** Zeek's logs as JSON (`LogAscii::use_json`) and as words between tabs, raw or in syslog. Logs without a reader keep their members as labels. */
export const zeekParser: VendorParser = {
  name: 'zeek',

  recognises: (input) => startOf(input) >= 0,

  read(input, draft) {
    const { event } = draft;
    event['observer.vendor'] = 'Zeek';
    event['observer.product'] = 'Zeek';
    event['observer.type'] = 'ids';
    const at = startOf(input);
    const read = isTsv(input.text, at) ? readTsv(input.text, at, input.header.appname) : readJsonObject(input.text, at);
    if (!read) {
      draft.fail('message', 'not a JSON object');
      return undefined;
    }
    if (read.cut) draft.fail('message', 'JSON cut');
    const log = read.object;
    const name = nameOfLog(log) ?? 'unknown';
    const start = startOfLog(log);
    event['event.dataset'] = `zeek.${name}`;
    setCommon(draft, log);
    readLog(name, draft, log);
    if (name === 'conn') setPeriod(draft, log, start);
    eachLeaf(log, '', (member, value) => {
      if (!PLACED.has(member)) draft.label(member, value);
    });
    return start === undefined ? undefined : { micros: start };
  },
};

function setCommon(draft: EventDraft, log: JsonObject): void {
  draft.text('logmaster.session.id', textOf(log, 'uid'));
  draft.ip('source.ip', textOf(log, 'id.orig_h'));
  draft.ip('destination.ip', textOf(log, 'id.resp_h'));
  const protocol = textOf(log, 'proto');
  if (protocol !== undefined && protocol !== 'unknown_transport') draft.transport(protocol);
  // Of ICMP these are type and code.
  if (protocol !== 'icmp') {
    draft.port('source.port', textOf(log, 'id.orig_p'));
    draft.port('destination.port', textOf(log, 'id.resp_p'));
  }
  const address = draft.event['source.ip'];
  if (address !== undefined) draft.event['network.type'] = address.includes(':') ? 'ipv6' : 'ipv4';
}

/** `ts` is when a connection began, as seconds or RFC 3339; its line is written when it is over. */
function startOfLog(log: JsonObject): Micros | undefined {
  const { ts } = log;
  return typeof ts === 'number' ? Math.round(ts * MICROS_PER_SECOND) : exactMicros(textOf(log, 'ts'));
}

function setPeriod(draft: EventDraft, log: JsonObject, start: Micros | undefined): void {
  const { duration } = log;
  if (start === undefined || typeof duration !== 'number' || !(duration >= 0 && duration < 1e7)) return;
  draft.event['event.start'] = start;
  draft.event['event.end'] = start + Math.round(duration * MICROS_PER_SECOND);
  draft.duration(Math.round(duration * 1e9));
}
