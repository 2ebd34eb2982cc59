import { setZyxelRecord } from '../../zyxel/record.ts';
import type { CefProduct } from '../product.ts';
import { readCefTime } from '../times.ts';

/** Keys of the CEF dictionary → ZLD's own; those that ZLD adds begin with `ZY`. */
const OWN_NAMES: ReadonlyMap<string, string> = new Map([
  ['out', 'sent'],
  ['in', 'rcvd'],
  ['proto', 'protoID'],
  ['app', 'service'],
  ['act', 'action'],
]);

/** ZLD with CEF/Syslog as its format. */
export const zyxelProduct: CefProduct = {
  matches: (vendor) => vendor === 'zyxel',

  read(draft, { product }, pairs) {
    const own = new Map<string, string>();
    for (const [key, value] of pairs) {
      const name = OWN_NAMES.get(key) ?? key.replace(/^ZY/, '');
      if (!own.has(name)) own.set(name, value);
    }
    draft.text('observer.name', own.get('dvchost'));
    own.delete('dvchost');
    setZyxelRecord(draft, own);
    draft.text('observer.product', product);
    return readCefTime(draft, pairs);
  },
};
