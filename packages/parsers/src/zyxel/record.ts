import type { EventDraft } from '../event/draft.ts';
import { setKind } from '../event/kind.ts';
import { addTotals } from '../event/totals.ts';
import { canonicalIp } from '../values/ip.ts';
import { canonicalMac } from '../values/mac.ts';
import { readTransport } from '../values/transport.ts';
import { readDhcp, readTunnel, readUser } from './messages.ts';

type Setter = (draft: EventDraft, value: string) => void;

/** `10.0.0.1:1234`, `[2001:db8::5]:443`, `10.0.0.1`; `0.0.0.0` and port 0 are written where there is none. */
const side =
  (name: 'source' | 'destination'): Setter =>
  (draft, value) => {
    const m = /^\[?([\da-fA-F.:]{2,45}?)\]?(?::(\d{1,5}))?$/.exec(value);
    const whole = canonicalIp(value) !== undefined;
    const host = whole ? value : m?.[1];
    const hasPort = !whole && m?.[2] !== undefined && m[2] !== '0';
    // Who asks for a lease has none yet: `0.0.0.0:68`.
    if (host === undefined || (host === '0.0.0.0' && !hasPort)) return;
    draft.ip(`${name}.ip`, host);
    if (hasPort) draft.port(`${name}.port`, m?.[2]);
  };

/** Users who did not sign in. */
const NOBODY = new Set(['', 'unknown', 'N/A', 'none']);
const user: Setter = (draft, value) => {
  if (!NOBODY.has(value)) draft.text('user.name', value);
};
const NO_MAC = new Set(['000000000000', '00:00:00:00:00:00']);
const mac: Setter = (draft, value) => {
  if (canonicalMac(value) !== undefined && !NO_MAC.has(value)) draft.mac('source.mac', value);
};

/** ZLD's own names, and those of its CEF form without their `ZY`. What isn't here becomes a label. */
const FIELDS: ReadonlyMap<string, Setter> = new Map<string, Setter>([
  ['src', side('source')],
  ['dst', side('destination')],
  ['spt', (draft, value) => draft.port('source.port', value)],
  ['dpt', (draft, value) => draft.port('destination.port', value)],
  ['user', user],
  ['suser', user],
  ['sent', (draft, value) => draft.long('source.bytes', value)],
  ['rcvd', (draft, value) => draft.long('destination.bytes', value)],
  ['duration', (draft, value) => draft.seconds(value)],
  ['protoID', (draft, value) => draft.transport(value)],
  ['proto', setService],
  ['service', setService],
  ['sourceTranslatedAddress', translated('source.nat.ip')],
  ['destinationTranslatedAddress', translated('destination.nat.ip')],
  ['sourceTranslatedPort', (draft, value) => draft.port('source.nat.port', value === '0' ? '' : value)],
  ['destinationTranslatedPort', (draft, value) => draft.port('destination.nat.port', value === '0' ? '' : value)],
  ['dir', setDirection],
  ['deviceInboundInterface', (draft, value) => draft.text('observer.ingress.interface.name', value)],
  ['deviceOutboundInterface', (draft, value) => draft.text('observer.egress.interface.name', value)],
  ['mac', mac],
  ['client_mac', mac],
  ['ob_mac', mac],
  ['devID', (draft, value) => draft.text('observer.serial_number', value)],
  ['app', (draft, value) => draft.lower('network.application', value)],
]);
const READ_LATER = new Set(['msg', 'note', 'cat', 'action']);

/** Sets what a record of ZyWALL, USG, USG FLEX or ATP says, from its pairs. */
export function setZyxelRecord(draft: EventDraft, pairs: ReadonlyMap<string, string>): void {
  const { event } = draft;
  event['event.dataset'] = 'zyxel.firewall';
  event['observer.vendor'] = 'Zyxel';
  event['observer.type'] = 'firewall';
  for (const [key, value] of pairs) {
    const set = FIELDS.get(key);
    if (set) set(draft, value);
    else if (!READ_LATER.has(key)) draft.label(key, value);
  }
  const category = pairs.get('cat') ?? '';
  draft.text('rule.category', category);
  draft.label('note', pairs.get('note'));
  addTotals(draft);
  classify(draft, category, pairs.get('msg') ?? '', pairs.get('note') ?? '', pairs.get('action') ?? '');
}

const ALLOWS = /accept|allow|forward|permit|pass/i;
const DENIES = /drop|deny|denied|block|reject/i;

function classify(draft: EventDraft, category: string, message: string, note: string, action: string): void {
  const word = category.toLowerCase();
  if (word === 'traffic log' || message === 'Traffic Log') {
    setKind(draft, 'network', 'end', 'traffic log');
    return;
  }
  if (word === 'user' && readUser(message, draft)) {
    // A login that failed has its name in the note only.
    if (draft.event['user.name'] === undefined) draft.text('user.name', /^Account: (.{1,128})$/.exec(note)?.[1]);
    return;
  }
  if (word === 'dhcp' && readDhcp(message, draft)) return;
  if (/^(?:ike|ipsec)/.test(word) && readTunnel(message, draft)) return;
  readPolicy(message, draft);
  // The action's own word first, then the last word of the message, then the note's.
  const verdict = [action, /(\w{4,8})\W{0,2}$/.exec(message)?.[1] ?? '', note.replace(/^(?:ACCESS|WEB) /i, '')].find(
    (candidate) => ALLOWS.test(candidate) || DENIES.test(candidate),
  );
  const type = verdict === undefined ? 'info' : DENIES.test(verdict) ? 'denied' : 'allowed';
  setKind(draft, categoryOf(word), type, verdict?.toLowerCase() ?? (note === '' ? 'log' : note.toLowerCase()));
  draft.text('event.reason', message);
  if (draft.event['event.category'] === 'web') draft.text('url.domain', SITE.exec(message)?.[1]);
}

/** `www.example.net: Gambling, …` */
const SITE = /^([\w-]{1,63}(?:\.[\w-]{1,63}){1,8})(?:\/\S{0,512})?: /;

const CATEGORIES: readonly (readonly [RegExp, string])[] = [
  [/content filter|url threat|web/, 'web'],
  [/\b(?:idp|ips|adp)\b|reputation|sandbox/, 'intrusion_detection'],
  [/virus|malware/, 'malware'],
  [/user|auth|sso/, 'authentication'],
  [/^(?:system|interface|built-in service|file manager|device ha)/, 'host'],
];

function categoryOf(category: string): string {
  return CATEGORIES.find(([pattern]) => pattern.test(category))?.[1] ?? 'network';
}

/** `priority:1, Rule_name:Internet, from LAN to WAN, TCP, service others, ACCEPT` */
function readPolicy(message: string, draft: EventDraft): void {
  draft.text('rule.id', /priority: ?(\d{1,6})/.exec(message)?.[1]);
  draft.text('rule.name', /rule[_ ]name: ?([^,]{1,128})/i.exec(message)?.[1]?.trim());
  // `Rule_id=1234 SSI=N Type=Exploit(10) Name=… Action: Drop Packet` of IPS.
  const signature = /\bRule_id=(\d{1,12})\b.{0,128}?\bName=(.{1,128}?) Action: ?/i.exec(message);
  draft.text('rule.id', signature?.[1]);
  draft.text('rule.name', signature?.[2]);
  const zones = /\bfrom ([\w.-]{1,64}) to ([\w.-]{1,64})/.exec(message);
  if (zones && draft.event['observer.ingress.zone'] === undefined) {
    draft.text('observer.ingress.zone', zones[1]);
    draft.text('observer.egress.zone', zones[2]);
  }
  const protocol = /, ([A-Za-z0-9-]{2,12}), service ([^,]{1,64})/.exec(message);
  if (protocol && readTransport(protocol[1] as string).number !== undefined) draft.transport(protocol[1]);
  if (protocol && protocol[2] !== 'others') draft.lower('network.protocol', protocol[2]);
}

/** `tcp`, or a service's name. */
function setService(draft: EventDraft, value: string): void {
  if (readTransport(value).number !== undefined) draft.transport(value);
  else if (value !== 'others') draft.lower('network.protocol', value);
}

/** `LAN1:WAN1` */
function setDirection(draft: EventDraft, value: string): void {
  const [from, to] = value.split(':', 2);
  draft.text('observer.ingress.interface.name', from);
  draft.text('observer.egress.interface.name', to);
}

function translated(field: 'source.nat.ip' | 'destination.nat.ip'): Setter {
  return (draft, value) => {
    if (value !== '0.0.0.0') draft.ip(field, value);
  };
}
