import { account, type FieldTable, label, long, text, unless } from '../../event/setters.ts';
import { secondsToNanos } from '../../values/duration.ts';
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

const FIELDS: FieldTable = new Map([
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
]);
const LABELS = labelTable([
  ['sessionid', unless(new Set(['0']), text('logmaster.session.id'))],
  ['total bytes', label('bytes')],
  [
    'elapsed time in seconds',
    (draft, value) => {
      const nanos = /^\d{1,9}$/.test(value) ? secondsToNanos(Number(value)) : undefined;
      if (nanos !== undefined) draft.duration(nanos);
    },
  ],
  ['url category', text('rule.category')],
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
    const type = name.toUpperCase();
    const threat = type === 'THREAT' ? THREATS.get(classId.toLowerCase()) : undefined;
    event['event.category'] = threat ?? CATEGORIES.get(type) ?? event['event.category'] ?? 'host';
    const word = type === 'TRAFFIC' ? TRAFFIC_TYPES.get(classId.toLowerCase()) : undefined;
    const denied = DENIES.test(event['event.action'] ?? '');
    event['event.type'] = denied ? 'denied' : (word ?? event['event.type'] ?? 'info');
    if (type === 'THREAT') draft.label('threat_type', classId);
    return time;
  },
};
