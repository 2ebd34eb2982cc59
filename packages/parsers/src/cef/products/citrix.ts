import { setKind } from '../../event/kind.ts';
import { type FieldTable, label, text } from '../../event/setters.ts';
import { setUrl } from '../../event/url.ts';
import { labelTable } from '../labels.ts';
import type { CefProduct } from '../product.ts';
import { readStandard } from '../standard.ts';

/** NetScaler's names ("CEF logging support for application firewall"): custom fields without labels. */
const FIELDS: FieldTable = new Map([
  ['method', text('http.request.method')],
  ['geolocation', label('geolocation')],
  ['cs1', text('rule.name')],
  ['cs2', label('ppe')],
  ['cs3', text('logmaster.session.id')],
  ['cs4', label('severity')],
  ['cs5', label('year')],
  ['cs6', text('rule.category')],
  ['cn1', label('event_id')],
  ['cn2', label('transaction')],
  ['msg', text('event.reason')],
  ['request', () => undefined],
]);

/** Citrix ADC's application firewall with CEF switched on. */
export const citrixProduct: CefProduct = {
  matches: (vendor, product) => vendor === 'citrix' && product.includes('netscaler'),

  read(draft, { name }, pairs) {
    const time = readStandard(draft, pairs, { fields: FIELDS, labels: labelTable() });
    const { event } = draft;
    event['event.dataset'] = 'citrix.adc';
    event['observer.type'] = 'waf';
    const action = event['event.action'] ?? '';
    setKind(draft, 'intrusion_detection', action === 'blocked' ? 'denied' : 'allowed', action === '' ? name : action);
    setUrl(draft, pairs.get('request') ?? '');
    return time;
  },
};
