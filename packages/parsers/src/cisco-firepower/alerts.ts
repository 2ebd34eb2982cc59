import { isBlocked, setUnifiedPairs, verdictIn } from '../cisco/unified-fields.ts';
import { readUnifiedPairs } from '../cisco/unified-pairs.ts';
import type { EventDraft } from '../event/draft.ts';
import { setKind } from '../event/kind.ts';
import { setParties } from './parties.ts';

const RULE =
  /^\[(\d{1,10}:\d{1,10}:\d{1,6})\] "?(.{0,1024}?)"? ?(?=\[(?:Impact|Classification|Priority): | From "|\{|$)/;
const SENSOR = / From "([^"]{1,255})"/;
const BRACKETS = /\[(Impact|Classification|Priority): ([^\]]{1,256})\]/g;
/** `[Primary Detection Engine (uuid)][policy] Connection Type: Start, …` */
const ENGINE = /^\[([^[\]]{1,128})\](?:\[([^[\]]{1,256})\])? ?/;

/** Sourcefire's names of the fields that later have one word. */
const OLD_NAMES: ReadonlyMap<string, string> = new Map([
  ['UserName', 'User'],
  ['Policy', 'ACPolicy'],
  ['Connection Type', 'ConnectType'],
  ['Application Protocol', 'ApplicationProtocol'],
  ['Web App', 'WebApplication'],
  ['Firewall Rule Name', 'AccessControlRuleName'],
  ['Firewall Rule Action', 'AccessControlRuleAction'],
  ['Firewall Rule Reasons', 'AccessControlRuleReason'],
  ['URL Category', 'URLCategory'],
  ['URL_Reputation', 'URLReputation'],
  ['Interface Ingress', 'IngressInterface'],
  ['Interface Egress', 'EgressInterface'],
  ['Security Zone Ingress', 'IngressZone'],
  ['Security Zone Egress', 'EgressZone'],
]);

/** `[1:19559:5] "INDICATOR-SCAN …" [Impact: …] From "sensor" at … [Classification: …] [Priority: 3] {tcp} a:1 -> b:22` */
export function readIntrusion(text: string, draft: EventDraft): boolean {
  const rule = RULE.exec(text);
  if (!rule) return false;
  draft.event['event.kind'] = 'alert';
  setKind(draft, 'intrusion_detection', 'info', 'alert');
  draft.text('rule.id', rule[1]);
  draft.text('rule.name', rule[2]);
  for (const [, name, value] of text.matchAll(BRACKETS)) {
    if (name === 'Classification') draft.text('rule.category', value);
    else if (name === 'Priority') draft.long('event.severity', value);
    else draft.label('impact', value);
  }
  draft.label('sensor', SENSOR.exec(text)?.[1]);
  if (!setParties(draft, text)) draft.fail('source.ip', 'no addresses');
  return true;
}

/** Connection, file and malware events, in pairs; those of Sourcefire 5 with the parties behind them. */
export function readConnection(text: string, draft: EventDraft): boolean {
  const engine = ENGINE.exec(text);
  const partiesAt = text.lastIndexOf(', {');
  const said = text.slice(engine?.[0].length ?? 0, partiesAt < 0 ? undefined : partiesAt);
  const pairs = new Map<string, string>();
  for (const [name, value] of readUnifiedPairs(said)) pairs.set(OLD_NAMES.get(name) ?? name, value);
  if (pairs.size < 2) return false;
  if (engine?.[2] !== undefined && !pairs.has('ACPolicy')) pairs.set('ACPolicy', engine[2]);
  draft.label('detection_engine', engine?.[1]);
  setUnifiedPairs(draft, pairs);
  if (partiesAt >= 0) setParties(draft, text.slice(partiesAt));
  const verdict = verdictIn(pairs);
  const isFile = pairs.has('FileSHA256') || pairs.has('FileName') || pairs.has('FileAction');
  const category = pairs.has('SID') ? 'intrusion_detection' : isFile ? 'file' : 'network';
  const reached = CONNECTIONS.get(pairs.get('ConnectType') ?? '') ?? 'allowed';
  setKind(draft, category, verdict !== undefined && isBlocked(verdict) ? 'denied' : reached, verdict ?? 'logged');
  return true;
}

const CONNECTIONS: ReadonlyMap<string, string> = new Map([
  ['Start', 'start'],
  ['End', 'end'],
]);
