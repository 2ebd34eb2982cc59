import type { EventDraft } from '../../event/draft.ts';
import { setKind } from '../../event/kind.ts';
import { type FieldTable, first, text, unless } from '../../event/setters.ts';
import { verdictOf } from '../../values/verdict.ts';
import { labelTable } from '../labels.ts';
import type { CefProduct } from '../product.ts';
import { readStandard } from '../standard.ts';

const NONE = new Set(['N/A', 'NULL']);
const reason = first('event.reason', unless(NONE, text('event.reason')));
const FIELDS: FieldTable = new Map();
const LABELS = labelTable([
  ['srccountry', text('source.geo.country_name')],
  ['subtype', reason],
  ['maintype', reason],
  ['signatureid', unless(NONE, text('rule.id'))],
  ['username', text('user.name')],
]);

/** FortiWeb Cloud leaves vendor and product of the header empty: its custom fields tell it. */
export const fortiwebCloudProduct: CefProduct = {
  matches: (vendor, product) => vendor === '' && product === '',

  read(draft, { name }, pairs) {
    const names = new Set([...pairs].filter(([key]) => key.endsWith('Label')).map(([, value]) => value));
    if (!names.has('appName') || !(names.has('threatWeight') || names.has('endpointDomain')))
      return readStandard(draft, pairs);
    const time = readStandard(draft, pairs, { fields: FIELDS, labels: LABELS });
    setProduct(draft);
    const { event } = draft;
    if (pairs.get('cat') === 'audit') setKind(draft, 'configuration', 'change', name.slice(0, 128));
    else {
      event['event.category'] = 'intrusion_detection';
      event['event.type'] =
        verdictOf(event['event.action'] ?? '') ?? (event['event.action'] === 'monitor' ? 'allowed' : 'denied');
      draft.text('event.reason', event['event.reason'] ?? name);
    }
    return time;
  },
};

function setProduct({ event }: EventDraft): void {
  event['event.dataset'] = 'fortinet.fortiweb';
  event['observer.vendor'] = 'Fortinet';
  event['observer.product'] = 'FortiWeb Cloud';
  event['observer.type'] = 'firewall';
}
