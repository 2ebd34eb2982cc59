import { type FieldTable, label, lower, port, text, unless } from '../../event/setters.ts';
import { directoryUser, finishWeb } from '../../forcepoint/web-fields.ts';
import { labelTable } from '../labels.ts';
import type { CefProduct } from '../product.ts';
import { readStandard } from '../standard.ts';

const FIELDS: FieldTable = new Map([
  ['app', lower('network.protocol')],
  ['suser', directoryUser],
  ['loginID', label('loginID')],
  ['cat', text('rule.category')],
  ['request', () => undefined],
  ['destinationTranslatedPort', unless(new Set(['0']), port('destination.nat.port'))],
]);

/** Forcepoint (Websense) Web Security by CEF or LEEF ("Integrating Web Security with existing SIEM"). */
export const forcepointWebProduct: CefProduct = {
  matches: (vendor, product) => /^(?:forcepoint|websense)$/.test(vendor) && product === 'security',

  read(draft, _header, pairs) {
    const time = readStandard(draft, pairs, { fields: FIELDS, labels: labelTable() });
    draft.event['observer.vendor'] = 'Forcepoint';
    draft.event['observer.product'] = 'Web Security';
    finishWeb(draft, pairs.get('request') ?? '');
    return time;
  },
};
