import type { EventDraft } from '../../event/draft.ts';
import { setKind } from '../../event/kind.ts';
import { type FieldTable, first, ip, label, mac, type Setter, text } from '../../event/setters.ts';
import { readTime } from '../../time/read-time.ts';
import { canonicalIp } from '../../values/ip.ts';
import { labelTable } from '../labels.ts';
import type { CefProduct } from '../product.ts';
import { readStandard } from '../standard.ts';

/** Bytes are written as digits, in some versions with a unit. */
const bytes =
  (field: 'source.bytes' | 'destination.bytes', name: string): Setter =>
  (draft, value) => {
    if (/^\d{1,15}$/.test(value)) draft.long(field, value);
    else draft.label(name, value);
  };

/** `… Source IP: 192.0.2.5` of what administrators do. */
const message: Setter = (draft, value) => {
  draft.label('msg', value);
  const from = /Source IP: ([\da-fA-F.:]{2,45}?)\.?$/.exec(value.slice(-64))?.[1];
  if (from !== undefined && canonicalIp(from) !== undefined && !draft.has('source.ip')) draft.ip('source.ip', from);
};

/** UniFi Network's additions to the dictionary ("System Logs & SIEM Integration"). Others are labels. */
const FIELDS: FieldTable = new Map<string, Setter>([
  ['UNIFIclientIp', first('source.ip', ip('source.ip'))],
  ['UNIFIclientMac', first('source.mac', mac('source.mac'))],
  ['UNIFIclientHostname', text('host.name')],
  ['UNIFIclientAlias', first('host.name', text('host.name'))],
  ['UNIFIadmin', text('user.name')],
  ['UNIFIhost', text('observer.name')],
  ['UNIFIdeviceIp', ip('observer.ip')],
  ['UNIFIpolicyName', text('rule.ruleset')],
  ['UNIFIipsSignature', text('rule.name')],
  ['UNIFIipsSignatureId', text('rule.id')],
  ['UNIFIipsSessionId', text('logmaster.session.id')],
  ['UNIFInetworkVlan', text('network.vlan.id')],
  ['UNIFIaccessMethod', label('access_method')],
  ['UNIFIdirection', (draft, value) => draft.text('network.direction', value === 'incoming' ? 'inbound' : 'outbound')],
  [
    'UNIFIduration',
    (draft, value) => (/^\d{1,9}$/.test(value) ? draft.seconds(value) : draft.label('duration', value)),
  ],
  // As the client saw it.
  ['UNIFIusageUp', bytes('source.bytes', 'usage_up')],
  ['UNIFIusageDown', bytes('destination.bytes', 'usage_down')],
  ['UNIFIutcTime', () => undefined],
  ['act', (draft, value) => draft.lower('event.action', value)],
  ['msg', message],
]);

/** UniFi Network 9 and later: what happened is the event's name. */
export const unifiProduct: CefProduct = {
  matches: (vendor) => vendor === 'ubiquiti',

  read(draft, { name }, pairs) {
    const time = readStandard(draft, pairs, { fields: FIELDS, labels: labelTable() });
    draft.event['event.dataset'] = 'ubiquiti.unifi';
    classify(draft, name.toLowerCase());
    const written = readTime(pairs.get('UNIFIutcTime') ?? '', 0)?.time;
    return written ? { written: () => written } : time;
  },
};

function classify(draft: EventDraft, name: string): void {
  const { event } = draft;
  const action = event['event.action'] ?? name;
  if (/threat|intrusion|honeypot/.test(name)) {
    const type = /block/.test(`${name} ${action}`) ? 'denied' : 'allowed';
    setKind(draft, 'intrusion_detection', type, type === 'denied' ? 'blocked' : 'detected');
  } else if (/blocked|firewall/.test(name)) {
    setKind(draft, 'network', /block|drop|den|reject/.test(`${name} ${action}`) ? 'denied' : 'allowed', action);
  } else if (/admin (?:accessed|logged in|login)|^(?:network|unifi os|\w{2,16}) accessed$/.test(name))
    setKind(draft, 'authentication', 'start', name, 'success');
  else if (/config changes|made|updated|adopted|removed/.test(name)) setKind(draft, 'configuration', 'change', name);
  else if (/vpn client (?:connected|disconnected)/.test(name)) {
    setKind(draft, 'authentication', name.includes('disconnected') ? 'end' : 'start', name);
  } else if (/client connected/.test(name)) setKind(draft, 'session', 'start', 'connected');
  else if (/client disconnected/.test(name)) setKind(draft, 'session', 'end', 'disconnected');
  else if (/client roamed/.test(name)) setKind(draft, 'session', 'info', 'roamed');
  else setKind(draft, event['source.ip'] === undefined ? 'host' : 'network', event['event.type'] ?? 'info', action);
}
