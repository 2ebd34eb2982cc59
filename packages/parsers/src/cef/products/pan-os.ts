import { account, type FieldTable, label, long, type Setter, text, unless } from '../../event/setters.ts';
import { dropUntranslated } from '../../event/translation.ts';
import { setUrl } from '../../event/url.ts';
import type { RowView } from '../../palo-alto/row.ts';
import { readSystem } from '../../palo-alto/system.ts';
import { secondsToNanos } from '../../values/duration.ts';
import type { Pairs } from '../extension.ts';
import { labelTable } from '../labels.ts';
import type { CefProduct } from '../product.ts';
import { readStandard } from '../standard.ts';

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
  ['app', (draft, value) => draft.lower('network.application', value)],
  ['suser', account],
  ['reason', text('event.reason')],
  ['cat', label('cat')],
  // Names of Palo Alto's template for LEEF.
  ['RuleName', text('rule.name')],
  ['Application', (draft, value) => draft.lower('network.application', value)],
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

  read(draft, { classId, name }, pairs) {
    const { event } = draft;
    event['event.dataset'] = 'paloalto.panos';
    event['observer.vendor'] = 'Palo Alto Networks';
    event['observer.product'] = 'PAN-OS';
    event['observer.type'] = 'firewall';
    const time = readStandard(draft, pairs, { fields: FIELDS, labels: LABELS });
    const type = typeOf(name, pairs);
    const subtype = (pairs.get('Subtype') ?? classId).toLowerCase();
    const threat = type === 'THREAT' ? THREATS.get(subtype) : undefined;
    event['event.category'] = threat ?? CATEGORIES.get(type) ?? event['event.category'] ?? 'host';
    const word = type === 'TRAFFIC' ? TRAFFIC_TYPES.get(subtype) : undefined;
    const denied = DENIES.test(event['event.action'] ?? '');
    event['event.type'] = denied ? 'denied' : (word ?? event['event.type'] ?? 'info');
    dropUntranslated(draft);
    if (type === 'SYSTEM') readSystem(systemRow(classId, pairs), draft);
    if (type === 'THREAT') draft.label('threat_type', subtype);
    return time;
  },
};

/** TRAFFIC, THREAT, …: the name of the event in CEF, a field of its own in LEEF. */
function typeOf(name: string, pairs: Pairs): string {
  const type = name.toUpperCase();
  return CATEGORIES.has(type) ? type : (pairs.get('Type') ?? pairs.get('cat') ?? type).toUpperCase();
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
