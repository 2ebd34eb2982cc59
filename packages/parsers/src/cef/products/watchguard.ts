import { type FieldTable, lower, text } from '../../event/setters.ts';
import { protocol } from '../../welf/fields.ts';
import { labelTable } from '../labels.ts';
import type { CefProduct } from '../product.ts';
import { readStandard } from '../standard.ts';

/** Fireware's names beside LEEF's own (WatchGuard Fireware Help, "IBM LEEF log format"). */
const FIELDS: FieldTable = new Map([
  ['serial', text('observer.serial_number')],
  ['policy', text('rule.name')],
  ['disp', lower('event.action')],
  ['in_if', text('observer.ingress.interface.name')],
  ['out_if', text('observer.egress.interface.name')],
  ['pr', protocol],
]);

/** WatchGuard Firebox with LEEF as its log format. */
export const watchguardProduct: CefProduct = {
  matches: (vendor) => vendor === 'watchguard',

  read(draft, _header, pairs) {
    const { event } = draft;
    event['event.dataset'] = 'watchguard.fireware';
    event['observer.type'] = 'firewall';
    return readStandard(draft, pairs, { fields: FIELDS, labels: labelTable() });
  },
};
