import type { EventDraft } from '../event/draft.ts';
import { type FieldTable, first, ip, type Setter, text } from '../event/setters.ts';
import type { Pairs } from './extension.ts';

/** Fields whose meaning is told by a second field: `cs1=… cs1Label=…`, `deviceCustomDate1`, `c6a2`, `flexString1`. */
const CUSTOM =
  /^(?:cs|cn|cfp|c6a|flexString|flexNumber|flexDate|deviceCustom(?:Date|String|Number|FloatingPoint))\d{1,2}$/;
const MAX_NAME = 64;

/** Names of custom fields that firewalls use for the same things, in lower case. */
const COMMON: readonly (readonly [string, Setter])[] = [
  ['rule', text('rule.name')],
  ['rule name', text('rule.name')],
  ['policy', text('rule.name')],
  ['policy name', text('rule.name')],
  ['rule uid', text('rule.uuid')],
  ['source zone', text('observer.ingress.zone')],
  ['from zone', text('observer.ingress.zone')],
  ['destination zone', text('observer.egress.zone')],
  ['to zone', text('observer.egress.zone')],
  ['session id', text('logmaster.session.id')],
  ['sessionid', text('logmaster.session.id')],
  ['source ipv6 address', first('source.ip', ip('source.ip'))],
  ['destination ipv6 address', first('destination.ip', ip('destination.ip'))],
];

/** A product's custom fields besides those that many name alike. */
export function labelTable(own: readonly (readonly [string, Setter])[] = []): FieldTable {
  return new Map([...COMMON, ...own]);
}

/** Spaces and other signs of a label's text become `_`: it has to be a name one can search by. */
export function labelName(label: string): string {
  return label
    .trim()
    .replace(/[^\p{L}\p{N}_-]/gu, '_')
    .slice(0, MAX_NAME);
}

/** Is this the text that names another field (`cs1Label=Rule Name`)? */
export function isLabelText(key: string, pairs: Pairs): boolean {
  return key.endsWith('Label') && key.length > 5 && (CUSTOM.test(key.slice(0, -5)) || pairs.has(key.slice(0, -5)));
}

/** A custom field, under the name that its sender gave it. False: it has none. */
export function setCustom(draft: EventDraft, key: string, value: string, pairs: Pairs, known: FieldTable): boolean {
  if (!CUSTOM.test(key)) return false;
  const name = pairs.get(`${key}Label`);
  if (name === undefined || name === '') return false;
  const set = known.get(name.toLowerCase());
  if (set) set(draft, value);
  else draft.label(labelName(name), value);
  return true;
}
