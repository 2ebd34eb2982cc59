import type { EventDraft } from '../event/draft.ts';
import { addTotals } from '../event/totals.ts';
import { dropUntranslated } from '../event/translation.ts';
import { readPairs } from '../key-value/pairs.ts';
import { readTime } from '../time/read-time.ts';
import type { VendorInput, VendorTime } from '../vendor.ts';
import { applyField } from './fields.ts';

const AFM = '[F5@';
const AFM_TYPES: ReadonlyMap<string, string> = new Map([
  ['accept', 'allowed'],
  ['accept decisively', 'allowed'],
  ['allow', 'allowed'],
  ['established', 'start'],
  ['open', 'start'],
  ['closed', 'end'],
  ['close', 'end'],
  ['drop', 'denied'],
  ['reject', 'denied'],
]);
const ASM_DENIES = /block|drop|reject/;

/** AFM, ASM and CGNAT by the keys that lead them. */
export function looksLikeSecurity({ text, messageAt, header }: VendorInput): boolean {
  if (header.structuredData?.[0]?.[0].startsWith('F5@')) return true;
  const head = text.slice(messageAt, messageAt + 400);
  if (head.includes('acl_policy_name="') || head.includes(AFM) || head.includes('lsn_event="')) return true;
  return header.appname === 'ASM' || head.startsWith('ASM:')
    ? head.includes('="') && !head.includes('CEF:')
    : head.includes('unit_hostname="');
}

export function readSecurity(input: VendorInput, draft: EventDraft): VendorTime | undefined {
  const pairs = readFields(input, draft);
  setSecurity(draft, pairs);
  const written = input.header.time ? undefined : readTime(pairs.get('date_time') ?? '', 0)?.time;
  return written ? { written: () => written } : undefined;
}

/** What the pairs say, whatever form they came in. */
export function setSecurity(draft: EventDraft, pairs: ReadonlyMap<string, string>): void {
  for (const [name, value] of pairs) applyField(draft, name, value);
  if (pairs.has('lsn_event')) readTranslation(draft, pairs);
  else if (pairs.has('uri') || pairs.has('request_status') || pairs.has('violations')) readRequest(draft, pairs);
  else readPacket(draft);
  addTotals(draft);
  dropUntranslated(draft);
}

function readFields({ text, messageAt, header }: VendorInput, draft: EventDraft): Map<string, string> {
  const pairs = new Map<string, string>();
  if (header.structuredData) {
    draft.dropLabels();
    for (const [name, value] of header.structuredData) pairs.set(name.slice(name.indexOf('_') + 1), value);
  }
  const bracket = text.indexOf(AFM, messageAt);
  const from = bracket >= 0 && bracket < messageAt + 200 ? text.indexOf(' ', bracket) : messageAt;
  const at = text.startsWith('ASM:', from) ? from + 4 : from;
  // Some versions repeat the addresses behind the bracket.
  const close = bracket >= 0 ? text.lastIndexOf('"]') : -1;
  readPairs(close > at ? text.slice(0, close + 1) : text, Math.max(at, messageAt), (name, value, unclosed) => {
    // The request is cut to what fits into a datagram.
    if (unclosed && name !== 'request') draft.fail(name.slice(0, 64), 'quote not closed');
    // Quotes in values are doubled.
    pairs.set(name.slice(name.lastIndexOf(',') + 1), value.includes('""') ? value.replaceAll('""', '"') : value);
  });
  return pairs;
}

function readPacket({ event }: EventDraft): void {
  event['event.category'] = 'network';
  event['event.type'] = AFM_TYPES.get(event['event.action'] ?? '') ?? 'info';
}

/** Web application firewall. */
function readRequest(draft: EventDraft, pairs: ReadonlyMap<string, string>): void {
  const { event } = draft;
  const status = event['event.action'] ?? pairs.get('outcome')?.toLowerCase() ?? '';
  if (status !== '') event['event.action'] = status;
  event['event.category'] = event['event.reason'] === undefined ? 'web' : 'intrusion_detection';
  event['event.type'] = ASM_DENIES.test(status) ? 'denied' : status === '' ? 'info' : 'allowed';
  const uri = pairs.get('uri');
  const query = pairs.get('query_string') ?? pairs.get('query_str');
  if (uri !== undefined) draft.text('url.original', isText(query) ? `${uri}?${query}` : uri);
  draft.text('url.path', uri);
  const request = pairs.get('request') ?? pairs.get('req') ?? '';
  draft.text('url.domain', /Host: ?([\w.-]{1,253})/.exec(request.slice(0, 2048))?.[1]);
  draft.text('user_agent.original', /User-Agent: ?([^\\\r\n]{1,512})/.exec(request.slice(0, 4096))?.[1]?.trim());
}

/** Carrier-grade NAT: who had a public address and port, from when to when. */
function readTranslation(draft: EventDraft, pairs: ReadonlyMap<string, string>): void {
  const { event } = draft;
  const word = (pairs.get('lsn_event') ?? '').toLowerCase();
  event['event.category'] = 'network';
  event['event.action'] = word;
  event['event.type'] = /add|alloc/.test(word) ? 'start' : /delete|release/.test(word) ? 'end' : 'info';
  const duration = pairs.get('duration');
  // Milliseconds.
  if (duration !== undefined && /^\d{1,12}$/.test(duration)) draft.duration(Number(duration) * 1_000_000);
}

function isText(value: string | undefined): value is string {
  return value !== undefined && value !== '' && value !== 'N/A';
}
