import type { EventDraft, NumberField, TextField } from '../event/draft.ts';
import { addTotals } from '../event/totals.ts';
import type { MessageReader } from './messages.ts';
import { setUser } from './messages.ts';

/** `Key: `, at the start and after each comma that separates. Keys may hold up to three words: `Prefilter Policy`. */
const KEY = /([A-Z][A-Za-z0-9_]{0,40}(?: [A-Z][A-Za-z0-9_]{0,24}){0,3}):(?: |$|(?=,))/y;

const TEXTS: ReadonlyMap<string, TextField> = new Map([
  ['AccessControlRuleName', 'rule.name'],
  ['AccessControlRuleReason', 'event.reason'],
  ['IntrusionPolicy', 'rule.ruleset'],
  ['FilePolicy', 'rule.ruleset'],
  ['Classification', 'rule.category'],
  ['Message', 'rule.name'],
  ['ThreatName', 'rule.name'],
  ['ConnectionID', 'logmaster.session.id'],
  ['IngressInterface', 'observer.ingress.interface.name'],
  ['EgressInterface', 'observer.egress.interface.name'],
  ['IngressZone', 'observer.ingress.zone'],
  ['EgressZone', 'observer.egress.zone'],
  ['WebApplication', 'network.application'],
  ['DNSQuery', 'dns.question.name'],
  ['DNSRecordType', 'dns.question.type'],
  ['ReferencedHost', 'url.domain'],
  ['URL', 'url.original'],
  ['URI', 'url.original'],
  ['UserAgent', 'user_agent.original'],
  ['FileName', 'file.name'],
  ['FileSHA256', 'file.hash.sha256'],
  ['VLAN_ID', 'network.vlan.id'],
] as const);
const NUMBERS: ReadonlyMap<string, NumberField> = new Map([
  ['InitiatorBytes', 'source.bytes'],
  ['ResponderBytes', 'destination.bytes'],
  ['InitiatorPackets', 'source.packets'],
  ['ResponderPackets', 'destination.packets'],
  ['HTTPResponse', 'http.response.status_code'],
] as const);
const OTHERS: ReadonlyMap<string, (draft: EventDraft, value: string) => void> = new Map([
  ['SrcIP', (draft: EventDraft, value: string) => draft.ip('source.ip', value)],
  ['DstIP', (draft, value) => draft.ip('destination.ip', value)],
  ['SrcPort', (draft, value) => draft.port('source.port', value)],
  ['DstPort', (draft, value) => draft.port('destination.port', value)],
  ['NAT_InitiatorIP', (draft, value) => draft.ip('source.nat.ip', value)],
  ['NAT_InitiatorPort', (draft, value) => draft.port('source.nat.port', value)],
  ['NAT_ResponderIP', (draft, value) => draft.ip('destination.nat.ip', value)],
  ['NAT_ResponderPort', (draft, value) => draft.port('destination.nat.port', value)],
  ['Protocol', (draft, value) => draft.transport(value)],
  ['ApplicationProtocol', (draft, value) => draft.lower('network.protocol', value)],
  ['ConnectionDuration', (draft, value) => draft.seconds(value)],
  ['User', setUnifiedUser],
  ['ACPolicy', setAccessPolicy],
  // Their words are event.action.
  ['AccessControlRuleAction', () => undefined],
  ['FileAction', () => undefined],
]);
const NOBODY = new Set(['No Authentication Required', 'Not Found', 'Unknown', 'Special Identities', 'Leap Identities']);

/** 430001–430005: intrusion, connection begin and end, file and malware events, as `Key: value, Key: value`. */
export function readUnified(id: string): MessageReader {
  return (text, draft) => {
    const pairs = readPairs(text);
    if (pairs.size === 0) return false;
    for (const [key, value] of pairs) setPair(draft, key, value);
    const signature = ['GID', 'SID', 'Revision'].map((key) => pairs.get(key));
    if (signature[1] !== undefined) draft.text('rule.id', signature.filter((part) => part !== undefined).join(':'));
    dropUntranslated(draft, 'source');
    dropUntranslated(draft, 'destination');
    addTotals(draft);
    const verdict = pairs.get('AccessControlRuleAction') ?? pairs.get('FileAction') ?? pairs.get('InlineResult');
    classify(draft, id, verdict);
    return true;
  };
}

function classify(draft: EventDraft, id: string, verdict: string | undefined): void {
  const { event } = draft;
  const blocked = verdict !== undefined && /^(?:block|drop|malware block|reset|custom detection block)/i.test(verdict);
  const reached = id === '430002' ? 'start' : id === '430003' ? 'end' : 'allowed';
  event['event.category'] = id === '430001' ? 'intrusion_detection' : id === '430005' ? 'malware' : 'network';
  event['event.type'] = blocked ? 'denied' : reached;
  event['event.action'] = verdict?.toLowerCase() ?? (id === '430001' ? 'intrusion' : 'logged');
}

function setPair(draft: EventDraft, key: string, value: string): void {
  const text = TEXTS.get(key);
  const number = NUMBERS.get(key);
  const other = OTHERS.get(key);
  if (text) draft.text(text, value);
  else if (number) draft.long(number, value);
  else if (other) other(draft, value);
  else draft.label(key.replaceAll(' ', '_'), value);
}

/** `Realm\user`; words for nobody are no user. */
function setUnifiedUser(draft: EventDraft, value: string): void {
  if (!NOBODY.has(value)) setUser(draft, value);
}

/** The access policy, unless an intrusion or file policy decided. */
function setAccessPolicy(draft: EventDraft, value: string): void {
  if (draft.event['rule.ruleset'] === undefined) draft.text('rule.ruleset', value);
  else draft.label('ACPolicy', value);
}

/** Both NAT fields are written also where nothing was translated. */
function dropUntranslated(draft: EventDraft, side: 'source' | 'destination'): void {
  const { event } = draft;
  if (event[`${side}.nat.ip`] !== event[`${side}.ip`] || event[`${side}.nat.port`] !== event[`${side}.port`]) return;
  draft.drop(`${side}.nat.ip`);
  draft.drop(`${side}.nat.port`);
}

/** A comma separates only where a key follows it: names, agents and URLs hold commas too. The first of two wins. */
function readPairs(text: string): Map<string, string> {
  const pairs = new Map<string, string>();
  KEY.lastIndex = 0;
  let key = KEY.exec(text);
  while (key) {
    const from = KEY.lastIndex;
    let comma = text.indexOf(',', from);
    let next: RegExpExecArray | null = null;
    while (comma >= 0) {
      KEY.lastIndex = text[comma + 1] === ' ' ? comma + 2 : comma + 1;
      next = KEY.exec(text);
      if (next) break;
      comma = text.indexOf(',', comma + 1);
    }
    const name = key[1] as string;
    const value = text.slice(from, comma < 0 ? undefined : comma).trim();
    if (!pairs.has(name)) pairs.set(name, value);
    // A successful match left KEY.lastIndex behind the next key.
    key = next;
  }
  return pairs;
}
