import type { EventDraft } from '../event/draft.ts';
import { dropIcmpPorts } from '../event/icmp.ts';
import type { FieldTable } from '../event/setters.ts';
import { addTotals } from '../event/totals.ts';
import { verdictOf } from '../values/verdict.ts';
import type { VendorTime } from '../vendor.ts';
import { CEF_FIELDS } from './dictionary.ts';
import type { Pairs } from './extension.ts';
import { isLabelText, labelTable, setCustom } from './labels.ts';
import { isTimeKey, readCefTime } from './times.ts';

/** What a product means by names of its own. Both tables go before the standard's. */
export interface ProductFields {
  readonly fields: FieldTable;
  /** By the text that names a custom field, in lower case; made by `labelTable`. */
  readonly labels: FieldTable;
}

/** Actions by which somebody signs in or out. */
const SESSIONS: ReadonlyMap<string, string> = new Map([
  ['login', 'start'],
  ['log in', 'start'],
  ['logon', 'start'],
  ['logout', 'end'],
  ['log out', 'end'],
  ['logoff', 'end'],
]);
const STANDARD: ProductFields = { fields: new Map(), labels: labelTable() };

/** Reads an extension by the dictionary, a product's own names first. The result: the record's own time. */
export function readStandard(draft: EventDraft, pairs: Pairs, product = STANDARD): VendorTime | undefined {
  const { event } = draft;
  for (const [key, value] of pairs) {
    if (value === '' || isLabelText(key, pairs)) continue;
    const own = product.fields.get(key);
    if (own) own(draft, value);
    else if (!isTimeKey(key) && !setCustom(draft, key, value, pairs, product.labels)) setStandard(draft, key, value);
  }
  addTotals(draft);
  dropIcmpPorts(draft);
  const action = event['event.action'] ?? '';
  const session = SESSIONS.get(action);
  if (session !== undefined) event['event.category'] ??= 'authentication';
  const otherwise = session ?? (event['event.category'] === 'authentication' ? 'start' : 'info');
  event['event.type'] ??= verdictOf(action) ?? otherwise;
  if (event['source.ip'] !== undefined || event['destination.ip'] !== undefined) event['event.category'] ??= 'network';
  return readCefTime(draft, pairs);
}

function setStandard(draft: EventDraft, key: string, value: string): void {
  const set = CEF_FIELDS.get(key);
  if (set) set(draft, value);
  else draft.label(key, value);
}
