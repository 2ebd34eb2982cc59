import { setLease } from '../dhcp-servers/lease.ts';
import { setQuestion } from '../dns-servers/question.ts';
import type { EventDraft } from '../event/draft.ts';
import { setKind } from '../event/kind.ts';
import { addTotals } from '../event/totals.ts';
import { type JsonObject, textOf } from '../json-object/json-object.ts';

/** Fills what one of Zeek's logs tells. */
type Reader = (draft: EventDraft, log: JsonObject) => void;

/** Connection states in which an answer came (Zeek, "conn.log", `conn_state`). */
const REFUSED = new Set(['REJ', 'S0', 'RSTOS0', 'SH']);

function readConn(draft: EventDraft, log: JsonObject): void {
  setKind(draft, 'network', 'end', 'connection');
  if (REFUSED.has(textOf(log, 'conn_state') ?? '')) draft.event['event.outcome'] = 'failure';
  draft.long('source.bytes', textOf(log, 'orig_bytes'));
  draft.long('destination.bytes', textOf(log, 'resp_bytes'));
  draft.long('source.packets', textOf(log, 'orig_pkts'));
  draft.long('destination.packets', textOf(log, 'resp_pkts'));
  draft.text('network.protocol', textOf(log, 'service'));
  draft.text('network.vlan.id', textOf(log, 'vlan'));
  draft.mac('source.mac', textOf(log, 'orig_l2_addr'));
  draft.mac('destination.mac', textOf(log, 'resp_l2_addr'));
  addTotals(draft);
}

function readDns(draft: EventDraft, log: JsonObject): void {
  setQuestion(draft, {
    action: log.answers === undefined && log.rcode_name === undefined ? 'query' : 'response',
    name: textOf(log, 'query'),
    type: textOf(log, 'qtype_name'),
    code: textOf(log, 'rcode_name'),
    client: draft.event['source.ip'],
  });
}

function readHttp(draft: EventDraft, log: JsonObject): void {
  setKind(draft, 'web', 'info', 'http');
  draft.event['network.protocol'] = 'http';
  draft.text('url.domain', textOf(log, 'host'));
  draft.text('destination.domain', textOf(log, 'host'));
  draft.text('url.original', textOf(log, 'uri'));
  draft.text('url.path', textOf(log, 'uri')?.split('?', 1)[0]);
  draft.text('http.request.method', textOf(log, 'method'));
  draft.long('http.response.status_code', textOf(log, 'status_code'));
  draft.text('user_agent.original', textOf(log, 'user_agent'));
  draft.text('user.name', textOf(log, 'username'));
}

function readSsl(draft: EventDraft, log: JsonObject): void {
  setKind(draft, 'network', 'info', 'tls');
  draft.event['network.protocol'] = 'tls';
  draft.text('destination.domain', textOf(log, 'server_name'));
}

const LEASES: Readonly<Record<string, string>> = {
  ACK: 'assigned',
  RELEASE: 'released',
  DECLINE: 'declined',
  NAK: 'nak',
};

/** One line is a whole conversation: what its last message did. */
function readDhcp(draft: EventDraft, log: JsonObject): void {
  const messages = Array.isArray(log.msg_types) ? log.msg_types : [];
  const last = textOf({ last: messages.at(-1) }, 'last') ?? 'dhcp';
  setLease(draft, {
    action: Object.hasOwn(LEASES, last) ? (LEASES[last] as string) : last.toLowerCase(),
    ip: textOf(log, 'assigned_addr') ?? textOf(log, 'client_addr') ?? textOf(log, 'requested_addr'),
    mac: textOf(log, 'mac'),
    host: textOf(log, 'host_name') ?? textOf(log, 'client_fqdn'),
    seconds: textOf(log, 'lease_time')?.split('.', 1)[0],
  });
  draft.label('server', textOf(log, 'server_addr'));
}

function readNotice(draft: EventDraft, log: JsonObject): void {
  draft.event['event.kind'] = 'alert';
  setKind(draft, 'intrusion_detection', 'info', textOf(log, 'note')?.toLowerCase() ?? 'notice');
  draft.text('rule.name', textOf(log, 'note'));
  draft.text('event.reason', textOf(log, 'msg'));
  draft.ip('source.ip', textOf(log, 'src'));
  draft.ip('destination.ip', textOf(log, 'dst'));
  draft.port('destination.port', textOf(log, 'p'));
}

function readSsh(draft: EventDraft, log: JsonObject): void {
  const done = log.auth_success;
  const outcome = done === true ? 'success' : done === false ? 'failure' : undefined;
  setKind(draft, 'authentication', outcome === undefined ? 'info' : 'start', 'ssh', outcome);
  draft.event['network.protocol'] = 'ssh';
}

/** `tx_hosts` sent the file, `rx_hosts` received it; `is_orig` tells whether the sender had opened the connection. */
function readFiles(draft: EventDraft, log: JsonObject): void {
  setKind(draft, 'file', 'info', 'file');
  const first = (list: unknown) => textOf({ first: Array.isArray(list) ? list[0] : list }, 'first');
  const [sender, receiver] = [first(log.tx_hosts), first(log.rx_hosts)];
  const sent = log.is_orig === true;
  if (!draft.has('source.ip')) draft.ip('source.ip', sent ? sender : receiver);
  if (!draft.has('destination.ip')) draft.ip('destination.ip', sent ? receiver : sender);
  if (!draft.has('logmaster.session.id')) draft.text('logmaster.session.id', first(log.conn_uids));
  draft.text('file.name', textOf(log, 'filename'));
  draft.text('file.hash.sha256', textOf(log, 'sha256'));
  draft.text('network.protocol', textOf(log, 'source')?.toLowerCase());
}

const READERS: ReadonlyMap<string, Reader> = new Map([
  ['conn', readConn],
  ['dns', readDns],
  ['http', readHttp],
  ['ssl', readSsl],
  ['dhcp', readDhcp],
  ['notice', readNotice],
  ['ssh', readSsh],
  ['files', readFiles],
]);

/** Members by which a log is known when its name is not written (`_path` is the choice of the writer). */
const MARKS: readonly (readonly [member: string, name: string])[] = [
  ['conn_state', 'conn'],
  ['qtype_name', 'dns'],
  ['trans_id', 'dns'],
  ['msg_types', 'dhcp'],
  ['status_code', 'http'],
  ['method', 'http'],
  ['server_name', 'ssl'],
  ['cipher', 'ssl'],
  ['note', 'notice'],
  ['auth_attempts', 'ssh'],
  ['seen_bytes', 'files'],
];

/** conn, dns, http, …; undefined for a log that none of the marks is in. */
export function nameOfLog(log: JsonObject): string | undefined {
  const written = textOf(log, '_path') ?? textOf(log, '@path') ?? textOf(log, 'log_type');
  return written ?? MARKS.find(([member]) => Object.hasOwn(log, member))?.[1];
}

export function readLog(name: string, draft: EventDraft, log: JsonObject): void {
  setKind(draft, 'network', 'info', name);
  READERS.get(name)?.(draft, log);
}
