import { setKind } from '../../event/kind.ts';
import { type FieldTable, ipOrName, text } from '../../event/setters.ts';
import { dropUntranslated } from '../../event/translation.ts';
import { verdictOf } from '../../values/verdict.ts';
import { labelTable } from '../labels.ts';
import type { CefProduct } from '../product.ts';
import { readStandard } from '../standard.ts';

const FIELDS: FieldTable = new Map([['dhost', ipOrName('destination.ip', 'destination.domain')]]);
/** Names that ACOS gives its custom fields. */
const LABELS = labelTable([
  ['last nat port', (draft, value) => draft.label('last_nat_port', value)],
  ['template', text('rule.ruleset')],
]);
const BEGINS = /allocat|creat|open|assign|add/i;
const ENDS = /freed|delet|clos|releas|remov/i;

/** A10 Thunder by CEF: `CGN 106|Nat Port Batch Pool Allocated`, the data centre firewall's sessions, WAF, DDoS. */
export const a10Product: CefProduct = {
  matches: (vendor) => vendor === 'a10',

  read(draft, { name, classId, product }, pairs) {
    const time = readStandard(draft, pairs, { fields: FIELDS, labels: LABELS });
    const { event } = draft;
    event['event.dataset'] = /^CGN/i.test(classId) ? 'a10.cgn' : 'a10.acos';
    event['observer.type'] = 'firewall';
    const verdict = verdictOf(pairs.get('act') ?? '');
    const isThreat = /DDOS|WAF/i.test(`${classId} ${product}`);
    const type =
      verdict === 'denied' ? 'denied' : BEGINS.test(name) ? 'start' : ENDS.test(name) ? 'end' : (verdict ?? 'info');
    setKind(draft, isThreat ? 'intrusion_detection' : 'network', isThreat ? (verdict ?? 'info') : type, name);
    // A batch begins with the translated port.
    const last = pairs.get('cn3');
    if (last !== undefined && pairs.get('cn3Label') === 'Last Nat Port')
      draft.label('port_block', `${pairs.get('sourceTranslatedPort') ?? ''}-${last}`);
    dropUntranslated(draft);
    return time;
  },
};
