import { account, type FieldTable, ip, label, port, text, unless } from '../../event/setters.ts';
import { classifySonicwall } from '../../sonicwall/classify.ts';
import { protocol } from '../../welf/fields.ts';
import { labelTable } from '../labels.ts';
import type { CefProduct } from '../product.ts';
import { readStandard } from '../standard.ts';

/** SonicOS' additions to the dictionary (SonicOS Log Events Reference Guide, "ArcSight syslog tags"). */
const FIELDS: FieldTable = new Map([
  ['proto', protocol],
  ['susr', unless(new Set(['Unknown', 'Unknown (SSO failed)']), account)],
  ['sntaddr', ip('source.nat.ip')],
  ['snpt', port('source.nat.port')],
  ['dntaddr', ip('destination.nat.ip')],
  ['dnpt', port('destination.nat.port')],
  ['dstV6', ip('destination.ip')],
  ['srcV6', ip('source.ip')],
  ['rule', text('rule.name')],
  ['cat', label('cat')],
]);

/** SonicOS with ArcSight (CEF) as its syslog format: the message id is the event's class. */
export const sonicwallProduct: CefProduct = {
  matches: (vendor) => vendor === 'sonicwall',

  read(draft, { name }, pairs) {
    const time = readStandard(draft, pairs, { fields: FIELDS, labels: labelTable() });
    const { event } = draft;
    event['event.dataset'] = 'sonicwall.firewall';
    event['observer.vendor'] = 'SonicWall';
    event['observer.type'] = 'firewall';
    classifySonicwall(draft, name, pairs.get('fw_action') ?? '');
    return time;
  },
};
