import type { EventDraft, NumberField, TextField } from '../event/draft.ts';
import { account } from '../event/setters.ts';
import { addTotals } from '../event/totals.ts';
import { dropUntranslated } from '../event/translation.ts';
import { setUrl } from '../event/url.ts';
import { readMoment } from '../time/read-when.ts';
import { canonicalIp } from '../values/ip.ts';

const TEXTS: ReadonlyMap<string, TextField> = new Map([
  ['AccessControlRuleName', 'rule.name'],
  ['AccessControlRuleReason', 'event.reason'],
  ['IntrusionPolicy', 'rule.ruleset'],
  ['FilePolicy', 'rule.ruleset'],
  ['Classification', 'rule.category'],
  ['ConnectionID', 'logmaster.session.id'],
  ['IngressInterface', 'observer.ingress.interface.name'],
  ['EgressInterface', 'observer.egress.interface.name'],
  ['IngressZone', 'observer.ingress.zone'],
  ['EgressZone', 'observer.egress.zone'],
  ['WebApplication', 'network.application'],
  ['DNSQuery', 'dns.question.name'],
  ['UserAgent', 'user_agent.original'],
  ['FileName', 'file.name'],
  ['FileSHA256', 'file.hash.sha256'],
] as const);
const NUMBERS: ReadonlyMap<string, NumberField> = new Map([
  ['InitiatorBytes', 'source.bytes'],
  ['ResponderBytes', 'destination.bytes'],
  ['InitiatorPackets', 'source.packets'],
  ['ResponderPackets', 'destination.packets'],
  ['HTTPResponse', 'http.response.status_code'],
] as const);

type Set = (draft: EventDraft, value: string) => void;
const OTHERS: ReadonlyMap<string, Set> = new Map<string, Set>([
  ['SrcIP', (draft, value) => draft.ip('source.ip', value)],
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
  ['FirstPacketSecond', setStart],
  ['User', (draft, value) => account(draft, value.replaceAll('\\\\', '\\'))],
  ['ACPolicy', setPolicy],
  ['VLAN_ID', (draft, value) => value !== '0' && draft.text('network.vlan.id', value)],
  ['URL', setPage],
  ['URI', setPage],
  ['ReferencedHost', setHost],
  ['HTTP_Hostname', setHost],
  ['DNSRecordType', (draft, value) => draft.text('dns.question.type', RECORD_TYPES.get(value.toLowerCase()) ?? value)],
  ['DNSResponseType', setResponse],
  ['OriginalClientIP', (draft, value) => value !== '::' && draft.label('OriginalClientIP', value)],
  // Their words are event.action.
  ['AccessControlRuleAction', () => undefined],
  ['FileAction', () => undefined],
]);

/** Values that name nothing. */
const NOTHING = new Set(['Unknown', 'None', 'No Authentication Required', 'Not Found', 'Invalid ID']);
const NOBODY = new Set(['Special Identities', 'Leap Identities']);

/** The descriptions of IANA's DNS parameters that the sensors write. */
const RECORD_TYPES: ReadonlyMap<string, string> = new Map([
  ['a host address', 'A'],
  ['ip6 address', 'AAAA'],
  ['an authoritative name server', 'NS'],
  ['the canonical name for an alias', 'CNAME'],
  ['marks the start of a zone of authority', 'SOA'],
  ['a domain name pointer', 'PTR'],
  ['mail exchange', 'MX'],
  ['text strings', 'TXT'],
  ['server selection', 'SRV'],
  ['https binding', 'HTTPS'],
  ['https specific service endpoint', 'HTTPS'],
  ['request for all records', 'ANY'],
]);
const RESPONSES: ReadonlyMap<string, string> = new Map([
  ['no error', 'NOERROR'],
  ['format error', 'FORMERR'],
  ['server failure', 'SERVFAIL'],
  ['non-existent domain', 'NXDOMAIN'],
  ['not implemented', 'NOTIMP'],
  ['query refused', 'REFUSED'],
]);

/**
 * The fields of Firepower's security events (Cisco Secure Firewall Threat Defense Syslog Messages, "Security Event Syslog
 * Message IDs", and the management center's own names for them) → ECS. What has no field is a label.
 */
export function setUnifiedPairs(draft: EventDraft, pairs: ReadonlyMap<string, string>): void {
  const { event } = draft;
  for (const [key, value] of pairs) setPair(draft, key, value);
  // What was found says more than the access rule that let it be looked for.
  const found = (pairs.get('Message') ?? pairs.get('ThreatName') ?? '').replace(/^"|"$/g, '');
  if (found !== '' && !NOTHING.has(found)) {
    draft.label('AccessControlRuleName', event['rule.name']);
    draft.text('rule.name', found);
  }
  const signature = ['GID', 'SID', 'Revision'].map((key) => pairs.get(key));
  if (signature[1] !== undefined) draft.text('rule.id', signature.filter((part) => part !== undefined).join(':'));
  // The NAT fields are written also where nothing was translated.
  dropUntranslated(draft);
  addTotals(draft);
}

function setPair(draft: EventDraft, key: string, value: string): void {
  if (key === 'Message' || key === 'ThreatName' || NOTHING.has(value)) return;
  const text = TEXTS.get(key);
  const number = NUMBERS.get(key);
  const other = OTHERS.get(key);
  if (text) draft.text(text, value);
  else if (number) draft.long(number, value);
  else if (other) {
    if (!NOBODY.has(value)) other(draft, value);
  } else draft.label(key.replaceAll(' ', '_'), value);
}

/** The access policy, unless an intrusion or file policy decided. */
function setPolicy(draft: EventDraft, value: string): void {
  if (draft.event['rule.ruleset'] === undefined) draft.text('rule.ruleset', value);
  else draft.label('ACPolicy', value);
}

function setStart(draft: EventDraft, value: string): void {
  const start = readMoment(value);
  if (start === undefined) draft.label('FirstPacketSecond', value);
  else draft.event['event.start'] = start;
}

function setPage(draft: EventDraft, value: string): void {
  setUrl(draft, value);
  if (canonicalIp(draft.event['destination.domain'] ?? '') !== undefined) draft.drop('destination.domain');
}

/** `www.example.com`, `10.1.1.5:8000` */
function setHost(draft: EventDraft, value: string): void {
  const host = value.replace(/:\d{1,5}$/, '');
  draft.text('url.domain', host);
  if (canonicalIp(host) !== undefined) return;
  if (draft.event['destination.domain'] === undefined) draft.text('destination.domain', host);
}

function setResponse(draft: EventDraft, value: string): void {
  // `No Error` stands in every connection event, DNS or not.
  if (draft.event['dns.question.name'] === undefined) return;
  draft.text('dns.response_code', RESPONSES.get(value.toLowerCase()) ?? value);
}

/** Did these words stop it? `<br/>` stands before some of them. */
export function isBlocked(verdict: string): boolean {
  return /^(?:<br\/>)?(?:block|drop|malware block|reset|custom detection block)/i.test(verdict);
}

/** The word for what was decided, if there is one. */
export function verdictIn(pairs: ReadonlyMap<string, string>): string | undefined {
  const word = pairs.get('AccessControlRuleAction') ?? pairs.get('FileAction') ?? pairs.get('InlineResult');
  return word?.replace(/^<br\/>/, '');
}
