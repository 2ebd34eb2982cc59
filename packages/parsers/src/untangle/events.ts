import type { EventDraft } from '../event/draft.ts';
import { setKind } from '../event/kind.ts';
import { country } from '../event/setters.ts';
import { addTotals } from '../event/totals.ts';
import { dropUntranslated } from '../event/translation.ts';
import { type JsonObject, textOf } from '../json-object/json-object.ts';
import { setRequestedUrl } from '../web-log/request.ts';

type Reader = (draft: EventDraft, event: JsonObject) => void;

const isTrue = (event: JsonObject, name: string) => event[name] === true || event[name] === 'true';
/** Java writes addresses as `/10.0.0.5`, `name/10.0.0.5`. */
const addressOf = (event: JsonObject, ...names: string[]) => {
  const written = names.map((name) => textOf(event, name)).find((value) => value !== undefined);
  return written?.slice(written.lastIndexOf('/') + 1);
};
const verdict = (event: JsonObject) => (isTrue(event, 'blocked') ? 'denied' : 'allowed');

/** Both ends of a session, as the client knew them (`C…`) and as the server does (`S…`). */
export function setSession(draft: EventDraft, session: JsonObject): void {
  draft.ip('source.ip', addressOf(session, 'CClientAddr'));
  draft.port('source.port', textOf(session, 'CClientPort'));
  draft.ip('source.nat.ip', addressOf(session, 'SClientAddr'));
  draft.port('source.nat.port', textOf(session, 'SClientPort'));
  draft.ip('destination.ip', addressOf(session, 'CServerAddr') ?? addressOf(session, 'SServerAddr'));
  draft.port('destination.port', textOf(session, 'CServerPort') ?? textOf(session, 'SServerPort'));
  draft.ip('destination.nat.ip', addressOf(session, 'SServerAddr'));
  draft.port('destination.nat.port', textOf(session, 'SServerPort'));
  draft.transport(textOf(session, 'protocol') ?? textOf(session, 'protocolName'));
  draft.text('user.name', textOf(session, 'username'));
  draft.text('host.name', textOf(session, 'hostname'));
  for (const [side, name] of [
    ['source', 'clientCountry'],
    ['destination', 'serverCountry'],
  ] as const) {
    const code = textOf(session, name);
    // `XL` is a local network, `XU` unknown.
    if (code !== undefined && !/^X[A-Z]$/.test(code)) country(side)(draft, code);
  }
  dropUntranslated(draft);
}

function readSession(draft: EventDraft, event: JsonObject): void {
  // A filter rule's word; without one the session was let through.
  const blocked = (textOf(event, 'filterPrefix') ?? '') !== '';
  setKind(draft, 'network', blocked ? 'denied' : 'start', blocked ? 'blocked' : 'session');
  setSession(draft, event);
}

/** `c2p` is what the client sent, `s2p` what the server sent. */
function readStats(draft: EventDraft, event: JsonObject): void {
  setKind(draft, 'network', 'end', 'session stats');
  draft.long('source.bytes', textOf(event, 'c2pBytes'));
  draft.long('destination.bytes', textOf(event, 's2pBytes'));
  addTotals(draft);
}

function readRule(draft: EventDraft, event: JsonObject): void {
  setKind(draft, 'network', verdict(event), isTrue(event, 'blocked') ? 'block' : 'pass');
  draft.text('rule.id', textOf(event, 'ruleId'));
}

function readWeb(draft: EventDraft, event: JsonObject): void {
  setKind(draft, 'web', verdict(event), isTrue(event, 'blocked') ? 'block' : 'request');
  const [method, url] = (textOf(event, 'requestLine') ?? '').split(' ', 2);
  draft.text('http.request.method', textOf(event, 'method') ?? method);
  setRequestedUrl(draft, { url, method });
  draft.text('url.domain', textOf(event, 'host'));
  draft.text('rule.category', textOf(event, 'category'));
  draft.text('event.reason', textOf(event, 'reason'));
}

function readIntrusion(draft: EventDraft, event: JsonObject): void {
  setKind(draft, 'intrusion_detection', verdict(event), isTrue(event, 'blocked') ? 'blocked' : 'detected');
  draft.ip('source.ip', addressOf(event, 'sourceAddress', 'srcAddr'));
  draft.port('source.port', textOf(event, 'sourcePort') ?? textOf(event, 'srcPort'));
  draft.ip('destination.ip', addressOf(event, 'destAddress', 'destAddr'));
  draft.port('destination.port', textOf(event, 'destPort'));
  draft.transport(textOf(event, 'protocol'));
  draft.text('rule.id', textOf(event, 'signatureId'));
  draft.text('rule.name', textOf(event, 'msg'));
  draft.text('rule.category', textOf(event, 'classtype') ?? textOf(event, 'category'));
}

function readAdmin(draft: EventDraft, event: JsonObject): void {
  const done = isTrue(event, 'succeeded');
  setKind(draft, 'authentication', 'start', 'login', done ? 'success' : 'failure');
  draft.text('user.name', textOf(event, 'login'));
  draft.text('event.reason', textOf(event, 'reason'));
  draft.ip('source.ip', addressOf(event, 'clientAddr', 'clientAddress'));
}

const OVER = /LOGOUT|TIMEOUT|INACTIVE|DISCONNECT|^O$/;

/** Captive portal, directory connector and OpenVPN: who had which address, from when until when. */
function readUser(draft: EventDraft, event: JsonObject): void {
  const word = textOf(event, 'event') ?? textOf(event, 'eventType') ?? textOf(event, 'type') ?? '';
  const action = word === 'I' ? 'login' : word === 'O' ? 'logout' : word.toLowerCase();
  if (OVER.test(word)) setKind(draft, 'authentication', 'end', action);
  else setKind(draft, 'authentication', 'start', action, word === 'FAILED' ? 'failure' : 'success');
  draft.text('user.name', textOf(event, 'loginName') ?? textOf(event, 'clientName'));
  draft.text('user.domain', textOf(event, 'domain'));
  const pool = addressOf(event, 'poolAddress');
  draft.ip('source.ip', pool ?? addressOf(event, 'clientAddr', 'clientAddress', 'address'));
  if (pool !== undefined) draft.label('client_ip', addressOf(event, 'address', 'remoteAddress'));
}

/** By the end of the class's name. Others keep their values as labels. */
export const READERS: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ['SessionEvent', readSession],
  ['SessionNatEvent', readSession],
  ['SessionStatsEvent', readStats],
  ['FirewallEvent', readRule],
  ['HttpRequestEvent', readWeb],
  ['WebFilterEvent', readWeb],
  ['IntrusionPreventionLogEvent', readIntrusion],
  ['AdminLoginEvent', readAdmin],
  ['CaptivePortalUserEvent', readUser],
  ['LoginEvent', readUser],
  ['OpenVpnEvent', readUser],
]);

/** Names that have a place, or say nothing. */
export const PLACED: ReadonlySet<string> = new Set([
  ...['class', 'timeStamp', 'sessionId', 'sessionEvent', 'entitled', 'tagsString', 'partitionTablePostfix'],
  ...[
    'CClientAddr',
    'CClientPort',
    'SClientAddr',
    'SClientPort',
    'CServerAddr',
    'CServerPort',
    'SServerAddr',
    'SServerPort',
  ],
  ...['protocol', 'protocolName', 'username', 'hostname', 'clientCountry', 'serverCountry', 'localAddr', 'remoteAddr'],
  ...['requestLine', 'method', 'host', 'requestUri', 'ruleId', 'blocked', 'c2pBytes', 's2pBytes', 'login', 'succeeded'],
  ...['clientAddr', 'clientAddress', 'loginName', 'clientName', 'domain', 'poolAddress', 'address', 'remoteAddress'],
  ...[
    'msg',
    'classtype',
    'signatureId',
    'sourceAddress',
    'sourcePort',
    'destAddress',
    'destPort',
    'srcAddr',
    'srcPort',
  ],
  ...['destAddr', 'category', 'reason', 'event', 'eventType', 'type'],
]);
