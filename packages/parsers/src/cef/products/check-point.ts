import { CHECK_POINT_FIELDS } from '../../check-point/fields.ts';
import { CheckPointRecord, isCheckPointField } from '../../check-point/record.ts';
import type { EventDraft } from '../../event/draft.ts';
import { type FieldTable, text } from '../../event/setters.ts';
import { labelTable } from '../labels.ts';
import type { CefProduct } from '../product.ts';
import { readStandard } from '../standard.ts';
import { readCefTime } from '../times.ts';

/** Keys of the CEF dictionary that mean one of Check Point's own fields (sk122323, "CEF mapping"). */
const OWN_NAMES: ReadonlyMap<string, string> = new Map([
  ['act', 'action'],
  ['spt', 's_port'],
  ['dpt', 'service'],
  ['app', 'service_id'],
  ['sourceTranslatedAddress', 'xlatesrc'],
  ['sourceTranslatedPort', 'xlatesport'],
  ['destinationTranslatedAddress', 'xlatedst'],
  ['destinationTranslatedPort', 'xlatedport'],
  ['suser', 'src_user_name'],
  ['duser', 'dst_user_name'],
  ['shost', 'src_machine_name'],
  ['dhost', 'dst_machine_name'],
  ['request', 'resource'],
  ['requestClientApplication', 'user_agent'],
  ['requestMethod', 'method'],
  ['fname', 'file_name'],
  ['out', 'sent_bytes'],
  ['bytesOut', 'sent_bytes'],
  ['in', 'received_bytes'],
  ['bytesIn', 'received_bytes'],
  ['reason', 'reason'],
]);
const FIELDS: FieldTable = new Map();
const LABELS = labelTable([
  ['threat prevention rule name', text('rule.name')],
  ['application name', (draft, value) => draft.lower('network.application', value)],
  ['protection name', text('event.reason')],
  ['matched category', text('rule.category')],
  ['mac address', (draft, value) => draft.mac('source.mac', value)],
]);

/** Check Point's Log Exporter in its CEF and LEEF forms: dictionary keys where there are some, its own names else. */
export const checkPointProduct: CefProduct = {
  matches: (vendor) => vendor === 'check point',

  read(draft, { product, version }, pairs) {
    const record = new CheckPointRecord(draft);
    const rest = new Map<string, string>();
    for (const [key, value] of pairs) {
      const own = OWN_NAMES.get(key) ?? key;
      if (isCheckPointField(own)) record.pair(own, value);
      else rest.set(key, value);
    }
    if (!pairs.has('product')) record.pair('product', product);
    const direction = rest.get('deviceDirection');
    if (direction !== undefined) {
      rest.delete('deviceDirection');
      record.pair('ifdir', direction === '0' ? 'inbound' : direction === '1' ? 'outbound' : direction);
    }
    readStandard(draft, rest, { fields: FIELDS, labels: LABELS });
    // Log Exporter repeats the vendor's name, or LEEF's version.
    if (!/^R\d/.test(version)) draft.drop('observer.version');
    // The record knows better than the dictionary what its actions mean.
    record.finish();
    takeAccount(draft);
    return readCefTime(draft, pairs);
  },
};

/** Who signs in stands as the destination's user. */
function takeAccount(draft: EventDraft): void {
  const { event } = draft;
  const name = event['destination.user.name'];
  if (event['event.category'] !== 'authentication' || event['user.name'] !== undefined || name === undefined) return;
  CHECK_POINT_FIELDS.get('user')?.(draft, name);
  draft.drop('destination.user.name');
}
