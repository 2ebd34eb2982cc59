import { splitCsv } from '../csv/split.ts';
import type { EventDraft } from '../event/draft.ts';
import { setKind } from '../event/kind.ts';
import { account, ip, label, long, lower, port, type Setter, text, unless } from '../event/setters.ts';
import { addTotals } from '../event/totals.ts';
import { dropUntranslated } from '../event/translation.ts';
import { readTime } from '../time/read-time.ts';
import { NO_ADDRESS } from '../values/ip.ts';
import type { VendorInput, VendorTime } from '../vendor.ts';

/** `20261123, 17331, 2026/11/23 19:56:31, 2026/11/23 19:56:30, `: day, number, when it came and when it was. A relay may put an address before it. */
const HEAD =
  /(?:[\w.:-]{1,64} )?(?=\d{8}, ?\d{1,12}, ?\d{4}\/\d\d\/\d\d \d\d:\d\d:\d\d, ?\d{4}\/\d\d\/\d\d \d\d:\d\d:\d\d, ?)/y;
/** NSM's word for nothing; every record has it somewhere, which tells it from other rows. */
const NULL = '(NULL),';
const NOTHING = new Set(['(NULL)', 'Not Set', '']);
const MAX_VALUES = 64;
const [RECEIVED, GENERATED, CATEGORY, SUBCATEGORY, ACTION, DETAILS] = [2, 3, 8, 9, 28, 31];
const COUNTS = [
  'event.duration',
  'source.bytes',
  'destination.bytes',
  'source.packets',
  'destination.packets',
] as const;
const NO_PORT = new Set(['0']);
const address = (field: 'source.ip' | 'destination.ip' | 'source.nat.ip' | 'destination.nat.ip'): Setter =>
  unless(NO_ADDRESS, ip(field));
const count = (name: string): Setter => unless(NO_PORT, label(name));
const ignored: Setter = () => undefined;

/** In the order of NSM's syslog and CSV export ("Log2Action", NSM Administration Guide). */
const COLUMNS: readonly Setter[] = [
  ignored, // day
  label('record'),
  ignored, // received
  ignored, // generated
  label('domain'),
  ignored, // version of the domain
  text('observer.name'),
  ignored, // the device's address
  ignored, // category
  label('subcategory'),
  text('observer.ingress.zone'),
  text('observer.ingress.interface.name'),
  address('source.ip'),
  unless(NO_PORT, port('source.port')),
  address('source.nat.ip'),
  unless(NO_PORT, port('source.nat.port')),
  text('observer.egress.zone'),
  text('observer.egress.interface.name'),
  address('destination.ip'),
  unless(NO_PORT, port('destination.port')),
  address('destination.nat.ip'),
  unless(NO_PORT, port('destination.nat.port')),
  (draft, value) => draft.transport(value),
  ignored, // the policy's domain
  ignored, // and its version
  text('rule.name'),
  text('rule.ruleset'),
  unless(NO_PORT, text('rule.id')),
  ignored, // action
  label('severity'),
  label('alert'),
  ignored, // details
  account,
  lower('network.application'),
  text('url.original'),
  (draft, value) => draft.seconds(value),
  long('source.bytes'),
  long('destination.bytes'),
  ignored, // bytes of both
  long('source.packets'),
  long('destination.packets'),
  ignored, // packets of both
  count('repeated'),
];

function startOf({ text, messageAt }: VendorInput): number {
  HEAD.lastIndex = messageAt;
  return HEAD.test(text) ? HEAD.lastIndex : -1;
}

/** Is it a record of NetScreen-Security Manager, which passes its devices' records on as rows? */
export function isManagerRow(input: VendorInput): boolean {
  return startOf(input) >= 0 && input.text.includes(NULL, input.messageAt);
}

export function readManagerRow(input: VendorInput, draft: EventDraft): VendorTime | undefined {
  const { event } = draft;
  const row = input.text.slice(startOf(input));
  const values = splitCsv(row, 0, MAX_VALUES).map((value) => value.trim());
  const of = (index: number) => (NOTHING.has(values[index] ?? '') ? undefined : values[index]);
  event['event.dataset'] = 'juniper.nsm';
  event['observer.product'] = 'NSM';
  event.message = row;
  draft.drop('observer.name');
  for (const [index, set] of COLUMNS.entries()) {
    const value = of(index);
    if (value !== undefined) set(draft, value);
  }
  draft.label('category', of(CATEGORY));
  const details = of(DETAILS);
  draft.text('event.reason', details ?? (of(CATEGORY) === 'traffic' ? undefined : of(SUBCATEGORY)));
  classify(draft, of(CATEGORY) ?? '', of(ACTION) ?? '', details ?? '');
  addTotals(draft);
  dropUntranslated(draft);
  const written = of(GENERATED) ?? of(RECEIVED);
  return written === undefined ? undefined : { written: () => readTime(written, 0)?.time };
}

/** A session begins with "Creation" and ends with "Close - …"; other categories are screens, attacks and the device's own. */
function classify(draft: EventDraft, category: string, action: string, details: string): void {
  const denied = /^(?:den|drop|reject|clos|block)/i.test(action);
  const permitted = details === 'Creation' ? 'start' : details.startsWith('Close') ? 'end' : 'allowed';
  const verdict = denied ? 'denied' : permitted;
  if (category === 'traffic') setKind(draft, 'network', verdict, action === '' ? 'traffic' : action);
  else if (category === 'screen' || category === 'predefined' || category === 'custom')
    setKind(draft, 'intrusion_detection', denied ? 'denied' : 'info', action === '' ? category : action);
  else setKind(draft, 'host', 'info', action === '' ? 'log' : action);
  // Nothing was counted yet.
  if (draft.event['event.type'] !== 'end') for (const field of COUNTS) draft.drop(field);
}
