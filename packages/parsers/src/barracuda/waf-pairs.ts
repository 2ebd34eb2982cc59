import type { Pairs } from '../cef/extension.ts';
import { labelTable } from '../cef/labels.ts';
import { readStandard } from '../cef/standard.ts';
import type { EventDraft } from '../event/draft.ts';
import { setKind } from '../event/kind.ts';
import { account, type FieldTable, ipOrName, long, lower, type Setter, text } from '../event/setters.ts';
import { verdictOf } from '../values/verdict.ts';
import type { VendorTime } from '../vendor.ts';

const status: Setter = (draft, value) => {
  if (/^[1-5]\d\d$/.test(value)) draft.long('http.response.status_code', value);
  else draft.label('outcome', value);
};
const request: Setter = (draft, value) => {
  draft.text('url.original', value);
  if (value.startsWith('/')) draft.text('url.path', value.split('?', 1)[0]);
};

/** Names of CEF and of the service's own form ("Exporting Log Formats", campus.barracuda.com) that mean something else here. */
const FIELDS: FieldTable = new Map<string, Setter>([
  // Counted at the firewall: what came in, the client has sent.
  ['in', long('source.bytes')],
  ['out', long('destination.bytes')],
  ['outcome', status],
  ['request', request],
  ['dhost', ipOrName('destination.ip', 'url.domain')],
  ['suser', account],
  ['actionTaken', lower('event.action')],
  ['attackDescription', text('event.reason')],
  ['attackGroup', text('rule.category')],
  ['userAgent', text('user_agent.original')],
]);
const LABELS = labelTable([
  ['attackdescription', text('event.reason')],
  ['attackgroup', text('rule.category')],
]);
const NOTHING = new Set(['-', '"-"', '']);

/** A record of the Web Application Firewall or its service in pairs: access (`cat=TR`), attacks (`cat=WF`). */
export function readWafPairs(draft: EventDraft, written: Pairs): VendorTime | undefined {
  const pairs = new Map([...written].filter(([, value]) => !NOTHING.has(value)));
  const time = readStandard(draft, pairs, { fields: FIELDS, labels: LABELS });
  const { event } = draft;
  event['event.dataset'] = 'barracuda.waf';
  event['observer.vendor'] = 'Barracuda';
  event['observer.product'] = 'Web Application Firewall';
  event['observer.type'] = 'waf';
  const log = pairs.get('cat') ?? pairs.get('logType');
  const action = event['event.action'] ?? '';
  const type = verdictOf(action) ?? 'allowed';
  if (log === 'WF') setKind(draft, 'intrusion_detection', type, action === '' ? 'attack' : action);
  else if (log === 'TR') setKind(draft, 'web', type, action === '' ? 'request' : action);
  return time;
}
