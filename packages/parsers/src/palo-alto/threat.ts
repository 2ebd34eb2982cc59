import type { EventDraft } from '../event/draft.ts';
import { setUrl } from '../event/url.ts';
import type { RowView } from './row.ts';

/** Actions that let the traffic through; all others stop it. */
const PASSES = new Set([
  'alert',
  'allow',
  'continue',
  'override',
  'syncookie-sent',
  'forward',
  'wildfire-upload-success',
]);
const CATEGORIES: ReadonlyMap<string, string> = new Map([
  ['url', 'web'],
  ['virus', 'malware'],
  ['ml-virus', 'malware'],
  ['wildfire', 'malware'],
  ['wildfire-virus', 'malware'],
  ['file', 'file'],
  ['data', 'file'],
  ['dlp', 'file'],
]);

/** THREAT rows of all subtypes: url, virus, spyware, vulnerability, wildfire, file, data, flood, scan, packet. */
export function readThreat(row: RowView, draft: EventDraft): void {
  const { event } = draft;
  const action = event['event.action'] ?? '';
  event['event.category'] = CATEGORIES.get(row.subtype) ?? 'intrusion_detection';
  event['event.type'] = action === '' ? 'info' : PASSES.has(action) ? 'allowed' : 'denied';
  readThreatId(row.value('threatid'), draft);
  const digest = row.value('filedigest');
  if (/^[\da-f]{64}$/i.test(digest)) event['file.hash.sha256'] = digest.toLowerCase();
  else if (digest !== '0') draft.label('filedigest', digest);
}

/** `Apache Struts Remote Code Execution(34221)`, `(9999)`, `34221`: name and number. */
function readThreatId(text: string, draft: EventDraft): void {
  const open = text.endsWith(')') ? text.lastIndexOf('(') : -1;
  const number = open < 0 ? text : text.slice(open + 1, -1);
  if (!/^\d{1,12}$/.test(number)) {
    draft.text('event.reason', text);
    return;
  }
  draft.text('event.code', number);
  // URL filtering has the one name "URL Filtering" and tells nothing by it.
  if (open > 0 && number !== '9999') draft.text('event.reason', text.slice(0, open).trimEnd());
}

/** `misc` is a URL without scheme for web traffic, a file's name or address for the others. */
export function readObject(row: RowView, draft: EventDraft): void {
  const { subtype } = row;
  const misc = row.value('misc');
  if (misc === '') return;
  if (subtype === 'spyware' && draft.event['network.application']?.startsWith('dns')) {
    if (misc.includes(' ')) draft.label('misc', misc);
    else draft.text('dns.question.name', misc);
    return;
  }
  if (subtype === 'url' || (subtype !== 'file' && subtype !== 'data' && misc.includes('/'))) setUrl(draft, misc);
  else if (subtype === 'spyware' || subtype === 'flood' || subtype === 'scan' || subtype === 'packet') {
    draft.label('misc', misc);
  } else draft.text('file.name', misc.slice(misc.lastIndexOf('/') + 1));
}
