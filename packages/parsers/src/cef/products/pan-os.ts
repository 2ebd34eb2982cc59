import type { EventDraft } from '../../event/draft.ts';
import { account, type FieldTable, label, long, lower, type Setter, text, unless } from '../../event/setters.ts';
import { dropUntranslated } from '../../event/translation.ts';
import { setUrl } from '../../event/url.ts';
import { CHANGES } from '../../palo-alto/classify.ts';
import type { RowView } from '../../palo-alto/row.ts';
import { readSystem } from '../../palo-alto/system.ts';
import { secondsToNanos } from '../../values/duration.ts';
import { canonicalIp } from '../../values/ip.ts';
import type { Pairs } from '../extension.ts';
import { labelTable } from '../labels.ts';
import type { CefProduct } from '../product.ts';
import { readStandard } from '../standard.ts';
import { logServiceProduct } from './log-service.ts';

/** Types of TRAFFIC records are their subtypes; of all others the action decides. */
const TRAFFIC_TYPES: ReadonlyMap<string, string> = new Map([
  ['start', 'start'],
  ['end', 'end'],
  ['drop', 'denied'],
  ['deny', 'denied'],
]);
const CATEGORIES: ReadonlyMap<string, string> = new Map([
  ['TRAFFIC', 'network'],
  ['THREAT', 'intrusion_detection'],
  ['CONFIG', 'configuration'],
  ['SYSTEM', 'host'],
  ['GLOBALPROTECT', 'authentication'],
  ['USERID', 'authentication'],
  ['AUTHENTICATION', 'authentication'],
]);
/** Subtypes of THREAT records that aren't intrusions. */
const THREATS: ReadonlyMap<string, string> = new Map([
  ['url', 'web'],
  ['virus', 'malware'],
  ['wildfire', 'malware'],
  ['wildfire-virus', 'malware'],
  ['spyware', 'malware'],
  ['file', 'file'],
  ['data', 'file'],
]);
const DENIES = /^(?:deny|drop|reset|block|sinkhole)/;

const session = unless(new Set(['0']), text('logmaster.session.id'));
const application = unless(new Set(['not-applicable']), lower('network.application'));
const category = unless(new Set(['any']), text('rule.category'));
const unquoted = (value: string) => value.replace(/^"|"$/g, '');
const elapsed: Setter = (draft, value) => {
  const nanos = /^\d{1,9}$/.test(value) ? secondsToNanos(Number(value)) : undefined;
  if (nanos !== undefined) draft.duration(nanos);
};

const FIELDS: FieldTable = new Map<string, Setter>([
  // Palo Alto's template counts as the firewall sees it: what the client sent came in.
  ['in', long('source.bytes')],
  ['out', long('destination.bytes')],
  ['PanOSPacketsSent', long('source.packets')],
  ['PanOSPacketsReceived', long('destination.packets')],
  ['PanOSRuleUUID', text('rule.uuid')],
  ['app', application],
  ['suser', account],
  ['reason', text('event.reason')],
  ['cat', label('cat')],
  // Names of Palo Alto's template for LEEF.
  ['PanOSSourceZone', text('observer.ingress.zone')],
  ['PanOSDestinationZone', text('observer.egress.zone')],
  ['RuleName', text('rule.name')],
  ['Application', application],
  ['SourceUser', account],
  ['DestinationUser', text('destination.user.name')],
  ['SourceZone', text('observer.ingress.zone')],
  ['DestinationZone', text('observer.egress.zone')],
  ['IngressInterface', text('observer.ingress.interface.name')],
  ['EgressInterface', text('observer.egress.interface.name')],
  ['SessionID', session],
  ['ElapsedTime', elapsed],
  ['URLCategory', category],
  ['URL', (draft, value) => setUrl(draft, unquoted(value))],
  ['request', (draft, value) => setUrl(draft, unquoted(value))],
  ['SerialNumber', text('observer.serial_number')],
  ['DeviceName', text('observer.name')],
  ['SessionEndReason', text('event.reason')],
  ['totalBytes', label('bytes')],
]);
const LABELS = labelTable([
  ['sessionid', session],
  ['total bytes', label('bytes')],
  ['elapsed time in seconds', elapsed],
  ['url category', category],
]);

/** PAN-OS with a CEF log format (Palo Alto Networks CEF Configuration Guides 8.0 to 11.0). */
export const panOsProduct: CefProduct = {
  matches: (vendor, product) => vendor === 'palo alto networks' && product.startsWith('pan-os'),

  read(draft, header, pairs) {
    const { event } = draft;
    const { classId, name } = header;
    // Templates of newer log types (GlobalProtect, decryption) have the names of the log service, and the type as the class.
    if (pairs.has('PanOSDeviceSN')) return logServiceProduct.read(draft, header, pairs);
    event['event.dataset'] = 'paloalto.panos';
    event['observer.vendor'] = 'Palo Alto Networks';
    event['observer.product'] = 'PAN-OS';
    event['observer.type'] = 'firewall';
    const time = readStandard(draft, pairs, { fields: FIELDS, labels: LABELS });
    const type = typeOf(name, classId, pairs);
    // Some templates have type and subtype in each other's place.
    const subtype = (pairs.get('Subtype') ?? (type === classId.toUpperCase() ? name : classId)).toLowerCase();
    const threat = type === 'THREAT' ? THREATS.get(subtype) : undefined;
    event['event.category'] = threat ?? CATEGORIES.get(type) ?? event['event.category'] ?? 'host';
    const word = type === 'TRAFFIC' ? TRAFFIC_TYPES.get(subtype) : undefined;
    const denied = DENIES.test(event['event.action'] ?? '');
    event['event.type'] = denied ? 'denied' : (word ?? event['event.type'] ?? 'info');
    dropUntranslated(draft);
    if (type === 'CONFIG' || type === 'USERID') takeAccount(draft, type, subtype);
    if (type === 'SYSTEM') readSystem(systemRow(classId, pairs), draft);
    if (type === 'THREAT') draft.label('threat_type', subtype);
    return time;
  },
};

/** TRAFFIC, THREAT, …: the name of the event in CEF, a field of its own in LEEF. */
function typeOf(name: string, classId: string, pairs: Pairs): string {
  const known = [name, classId].map((word) => word.toUpperCase()).find((word) => CATEGORIES.has(word));
  return known ?? (pairs.get('Type') ?? pairs.get('cat') ?? name).toUpperCase();
}

/** Administrators and users of addresses stand as the destination's user, an administrator's machine as the source's name. */
function takeAccount(draft: EventDraft, type: string, subtype: string): void {
  const { event } = draft;
  const written = event['destination.user.name'];
  if (written !== undefined && event['user.name'] === undefined) {
    account(draft, written);
    draft.drop('destination.user.name');
  }
  const host = event['source.domain'];
  if (host !== undefined && canonicalIp(host) !== undefined && event['source.ip'] === undefined) {
    draft.ip('source.ip', host);
    draft.drop('source.domain');
  }
  if (type === 'CONFIG') event['event.type'] = CHANGES.get(event['event.action'] ?? '') ?? 'info';
  else if (subtype === 'login' || subtype === 'logout') {
    event['event.action'] = subtype;
    event['event.type'] = subtype === 'login' ? 'start' : 'end';
    if (subtype === 'login') event['event.outcome'] = 'success';
  }
}

/** The columns that a SYSTEM row is read by, from the names that the template gives them. */
function systemRow(eventId: string, pairs: Pairs): RowView {
  const values = new Map([
    ['eventid', eventId],
    ['opaque', pairs.get('msg') ?? ''],
    ['severity', (pairs.get('Severity') ?? '').toLowerCase()],
  ]);
  const subtype = (pairs.get('Subtype') ?? pairs.get('cat') ?? '').toLowerCase();
  return { type: 'SYSTEM', subtype, value: (name) => values.get(name) ?? '' };
}
