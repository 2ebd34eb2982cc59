import { setLease } from '../dhcp-servers/lease.ts';
import { setQuestion } from '../dns-servers/question.ts';
import type { EventDraft } from '../event/draft.ts';
import { setKind } from '../event/kind.ts';
import { isObject, type JsonObject, objectOf, textOf } from '../json-object/json-object.ts';
import { splitUrl } from '../values/url.ts';
import { setPeriod } from './period.ts';

/** Fills what one `event_type` tells; gives back the names (`alert_signature`) that have found a place. */
type Reader = (draft: EventDraft, eve: JsonObject) => ReadonlySet<string>;

const names = (type: string, ...keys: string[]): ReadonlySet<string> => new Set(keys.map((key) => `${type}_${key}`));

const ALERT = names('alert', 'action', 'signature_id', 'signature', 'category', 'severity');
const DNS = names('dns', 'type', 'rrname', 'rrtype', 'rcode');
const HTTP = names('http', 'hostname', 'url', 'http_user_agent', 'http_method', 'status');
const TLS = names('tls', 'sni');
const FILE = names('fileinfo', 'filename', 'sha256');
const DHCP = names('dhcp', 'client_mac', 'assigned_ip', 'hostname', 'lease_time', 'dhcp_type');
const DROP = new Set([...names('alert', 'signature_id', 'signature', 'category'), ...names('drop', 'len')]);
const KERBEROS = names('krb5', 'cname', 'realm');
const SMB = names('smb', 'ntlmssp_user', 'ntlmssp_domain', 'ntlmssp_host', 'filename');
const NOTHING: ReadonlySet<string> = new Set();

function readAlert(draft: EventDraft, eve: JsonObject): ReadonlySet<string> {
  const alert = objectOf(eve, 'alert');
  const action = textOf(alert, 'action') ?? 'alert';
  draft.event['event.kind'] = 'alert';
  setKind(draft, 'intrusion_detection', action === 'blocked' ? 'denied' : 'allowed', action);
  draft.text('rule.id', textOf(alert, 'signature_id'));
  draft.text('rule.name', textOf(alert, 'signature'));
  draft.text('rule.category', textOf(alert, 'category'));
  draft.long('event.severity', textOf(alert, 'severity'));
  if (isObject(eve.http)) setHttp(draft, eve);
  if (isObject(eve.tls)) readTls(draft, eve);
  return new Set([...ALERT, ...HTTP, ...TLS]);
}

function readFlow(draft: EventDraft): ReadonlySet<string> {
  setKind(draft, 'network', 'end', 'flow');
  return NOTHING;
}

/** Half a flow: its counts stand in `netflow`, of the direction of the record. */
function readNetflow(draft: EventDraft, eve: JsonObject): ReadonlySet<string> {
  const netflow = objectOf(eve, 'netflow');
  setKind(draft, 'network', 'end', 'netflow');
  draft.long('source.packets', textOf(netflow, 'pkts'));
  draft.long('source.bytes', textOf(netflow, 'bytes'));
  setPeriod(draft, netflow);
  return names('netflow', 'pkts', 'bytes', 'start', 'end', 'age');
}

/** Version 3 (Suricata 8) has a list of questions. */
function readDns(draft: EventDraft, eve: JsonObject): ReadonlySet<string> {
  const dns = objectOf(eve, 'dns');
  const first: unknown = Array.isArray(dns.queries) ? dns.queries[0] : Array.isArray(dns.query) ? dns.query[0] : dns;
  const question = isObject(first) ? first : dns;
  // Answers of older versions carry the name with their records only.
  const [record]: unknown[] = Array.isArray(dns.answers) ? dns.answers : [];
  const answer = isObject(record) ? record : {};
  const client = draft.event['source.ip'];
  setQuestion(draft, {
    action: textOf(question, 'type') ?? textOf(dns, 'type') ?? 'dns',
    name: textOf(question, 'rrname') ?? textOf(answer, 'rrname'),
    type: textOf(question, 'rrtype'),
    client,
    code: textOf(dns, 'rcode'),
  });
  return DNS;
}

function readHttp(draft: EventDraft, eve: JsonObject): ReadonlySet<string> {
  setKind(draft, 'web', 'info', 'http');
  draft.event['network.protocol'] = 'http';
  setHttp(draft, eve);
  return HTTP;
}

function setHttp(draft: EventDraft, eve: JsonObject): void {
  const http = objectOf(eve, 'http');
  const host = textOf(http, 'hostname');
  const url = textOf(http, 'url');
  draft.text('url.domain', host);
  draft.text('destination.domain', host);
  draft.text('url.original', url);
  draft.text('url.path', splitUrl(url ?? '').path);
  draft.text('user_agent.original', textOf(http, 'http_user_agent'));
  draft.text('http.request.method', textOf(http, 'http_method'));
  draft.long('http.response.status_code', textOf(http, 'status'));
}

function readTls(draft: EventDraft, eve: JsonObject): ReadonlySet<string> {
  draft.event['network.protocol'] = 'tls';
  draft.text('destination.domain', textOf(objectOf(eve, 'tls'), 'sni'));
  return TLS;
}

/** Requests and shares have paths in the place of names. */
function setFileName(draft: EventDraft, written: string | undefined): void {
  const name = written?.slice(Math.max(written.lastIndexOf('/'), written.lastIndexOf('\\')) + 1);
  draft.text('file.name', name);
  if (name !== written) draft.label('file_path', written);
}

function readFileInfo(draft: EventDraft, eve: JsonObject): ReadonlySet<string> {
  const file = objectOf(eve, 'fileinfo');
  setKind(draft, 'file', 'info', 'fileinfo');
  setFileName(draft, textOf(file, 'filename'));
  draft.text('file.hash.sha256', textOf(file, 'sha256'));
  if (isObject(eve.http)) setHttp(draft, eve);
  return new Set([...FILE, ...HTTP]);
}

const LEASES: Readonly<Record<string, string>> = { ack: 'assigned', release: 'released', decline: 'declined' };

/** The packet's addresses are of server, relay or everyone: whom the lease is for stands in `dhcp`. */
function readDhcp(draft: EventDraft, eve: JsonObject): ReadonlySet<string> {
  const dhcp = objectOf(eve, 'dhcp');
  const word = textOf(dhcp, 'dhcp_type') ?? textOf(dhcp, 'type') ?? 'dhcp';
  const assigned = textOf(dhcp, 'assigned_ip');
  const client = textOf(dhcp, 'client_ip');
  const ip = assigned !== undefined && assigned !== '0.0.0.0' ? assigned : client === '0.0.0.0' ? undefined : client;
  const answers = textOf(dhcp, 'type') === 'reply';
  draft.label('server', draft.event[answers ? 'source.ip' : 'destination.ip']);
  for (const side of ['source', 'destination'] as const) {
    for (const part of ['ip', 'port', 'mac'] as const) draft.drop(`${side}.${part}`);
  }
  setLease(draft, {
    action: Object.hasOwn(LEASES, word) ? (LEASES[word] as string) : word,
    ip,
    mac: textOf(dhcp, 'client_mac'),
    host: textOf(dhcp, 'hostname'),
    seconds: textOf(dhcp, 'lease_time'),
  });
  return DHCP;
}

function readSsh(draft: EventDraft): ReadonlySet<string> {
  draft.event['network.protocol'] = 'ssh';
  return NOTHING;
}

function readDrop(draft: EventDraft, eve: JsonObject): ReadonlySet<string> {
  setKind(draft, 'network', 'denied', 'drop');
  const alert = objectOf(eve, 'alert');
  draft.text('rule.id', textOf(alert, 'signature_id'));
  draft.text('rule.name', textOf(alert, 'signature'));
  draft.text('rule.category', textOf(alert, 'category'));
  draft.long('network.bytes', textOf(objectOf(eve, 'drop'), 'len'));
  return DROP;
}

/** A ticket: whose it is stands in it. */
function readKerberos(draft: EventDraft, eve: JsonObject): ReadonlySet<string> {
  const ticket = objectOf(eve, 'krb5');
  const failed = textOf(ticket, 'error_code') !== undefined || textOf(ticket, 'msg_type') === 'KRB_ERROR';
  setKind(draft, 'authentication', 'info', 'krb5', failed ? 'failure' : 'success');
  draft.event['network.protocol'] = 'kerberos';
  draft.text('user.name', textOf(ticket, 'cname'));
  draft.text('user.domain', textOf(ticket, 'realm'));
  return KERBEROS;
}

function readSmb(draft: EventDraft, eve: JsonObject): ReadonlySet<string> {
  const smb = objectOf(eve, 'smb');
  const login = objectOf(smb, 'ntlmssp');
  draft.event['network.protocol'] = 'smb';
  draft.text('user.name', textOf(login, 'user'));
  draft.text('user.domain', textOf(login, 'domain'));
  draft.text('host.name', textOf(login, 'host'));
  setFileName(draft, textOf(smb, 'filename'));
  return SMB;
}

function readStats(draft: EventDraft): ReadonlySet<string> {
  setKind(draft, 'host', 'info', 'stats');
  return NOTHING;
}

export const READERS: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ['alert', readAlert],
  ['flow', readFlow],
  ['netflow', readNetflow],
  ['dns', readDns],
  ['http', readHttp],
  ['tls', readTls],
  ['fileinfo', readFileInfo],
  ['dhcp', readDhcp],
  ['ssh', readSsh],
  ['drop', readDrop],
  ['krb5', readKerberos],
  ['smb', readSmb],
  ['stats', readStats],
]);
