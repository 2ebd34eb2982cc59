import type { EventDraft } from '../event/draft.ts';
import { setKind } from '../event/kind.ts';
import { setPairs } from './fields.ts';
import { readMerakiPairs } from './pairs.ts';

/** Verdicts in numbers: `pattern: 1 all`, `pattern: 0 (tcp || udp) && dst port 443`. */
const NUMBERED: ReadonlyMap<string, string> = new Map([
  ['0', 'allow'],
  ['1', 'deny'],
]);
const VERDICT = /\b(allow|deny|disallow|block)(?:ed)?\b/i;

/** `flows allow src=… pattern: allow all`; also `firewall`, `vpn_firewall`, `cellular_firewall` of newer versions. */
export function readFlow(text: string, draft: EventDraft): void {
  const [facts, pattern] = splitAt(text, ' pattern: ');
  const pairs = new Map(readMerakiPairs(facts));
  const said = pairs.get('decision') ?? /^\w{1,16} /.exec(facts)?.[0] ?? pattern ?? '';
  const verdict = NUMBERED.get(said.trim().split(' ', 1)[0] as string) ?? VERDICT.exec(said)?.[1]?.toLowerCase();
  const denied = verdict !== undefined && verdict !== 'allow';
  setKind(draft, 'network', verdict === undefined ? 'info' : denied ? 'denied' : 'allowed', verdict ?? 'flow');
  draft.label('icmp_type', pairs.get('type'));
  setPairs(draft, pairs, new Set(['type']));
  draft.text('rule.name', pattern?.trim());
}

/** `ip_flow_start src=… translated_src_ip=… translated_port=…`: the port belongs to the side that was translated. */
export function readIpFlow(kind: string, text: string, draft: EventDraft): void {
  setKind(draft, 'network', kind === 'ip_flow_end' ? 'end' : 'start', kind);
  const pairs = readMerakiPairs(text);
  setPairs(draft, pairs, new Set(['translated_port']));
  const side = pairs.has('translated_dst_ip') ? 'destination' : 'source';
  draft.port(`${side}.nat.port`, pairs.get('translated_port'));
}

/** `urls src=10.0.0.5:51000 dst=203.0.113.80:443 mac=… request: GET https://…` */
export function readUrl(text: string, draft: EventDraft): void {
  const [facts, request] = splitAt(text, ' request: ');
  setKind(draft, 'web', 'allowed', 'request');
  setPairs(draft, readMerakiPairs(facts), new Set(), true);
  const [method, url] = splitAt(request?.trim() ?? '', ' ');
  if (method !== 'UNKNOWN') draft.text('http.request.method', method);
  setUrl(draft, url);
}

/** `security_event ids_alerted signature=… decision=… message: …`, `ids-alerts signature=…`, files that were scanned. */
export function readSecurity(text: string, draft: EventDraft): void {
  const [facts, message] = splitAt(text, ' message: ');
  const kind = /^(\w{1,48}) /.exec(facts)?.[1] ?? 'ids_alerted';
  const pairs = readMerakiPairs(facts);
  const verdict = pairs.get('decision') ?? pairs.get('action');
  const file = kind.startsWith('security_filtering');
  const denied = verdict !== undefined && /^(?:block|deny|drop)/.test(verdict);
  const type = verdict === undefined ? 'info' : denied ? 'denied' : 'allowed';
  setKind(draft, file ? 'malware' : 'intrusion_detection', type, verdict ?? kind);
  draft.text('event.code', kind);
  setPairs(draft, pairs, new Set(['timestamp', 'message', 'url', 'decision']));
  setUrl(draft, pairs.get('url'));
  draft.text('rule.name', message?.trim() ?? pairs.get('message'));
}

/** `airmarshal_events type=rogue_ssid_detected ssid='…' bssid='…' …` */
export function readAirMarshal(text: string, draft: EventDraft): void {
  const pairs = readMerakiPairs(text);
  setKind(draft, 'intrusion_detection', 'info', pairs.get('type') ?? 'airmarshal');
  setPairs(draft, pairs, new Set(['type']));
}

function setUrl(draft: EventDraft, url: string | undefined): void {
  draft.text('url.original', url);
  draft.text('url.domain', /^\w{2,8}:\/\/([\w.-]{1,253})/.exec(url ?? '')?.[1]);
}

function splitAt(text: string, separator: string): [string, string | undefined] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + separator.length)];
}
