import type { EventDraft } from '../event/draft.ts';
import { addTotals } from '../event/totals.ts';
import { dropUntranslated } from '../event/translation.ts';
import { readGlobalProtect, readIdentity } from './people.ts';
import type { PanRow } from './row.ts';
import { readSystem } from './system.ts';
import { readThreat } from './threat.ts';

const CHANGES: ReadonlyMap<string, string> = new Map([
  ['add', 'creation'],
  ['clone', 'creation'],
  ['set', 'change'],
  ['edit', 'change'],
  ['move', 'change'],
  ['rename', 'change'],
  ['multi-edit', 'change'],
  ['override', 'change'],
  ['commit', 'change'],
  ['delete', 'deletion'],
]);

type RowReader = (row: PanRow, draft: EventDraft) => void;

const READERS: ReadonlyMap<string, RowReader> = new Map<string, RowReader>([
  ['TRAFFIC', readSession],
  ['DECRYPTION', readDecryption],
  ['START', readSession],
  ['END', readSession],
  ['TUNNEL', readSession],
  ['GTP', readSession],
  ['SCTP', readSession],
  ['THREAT', readThreat],
  ['SYSTEM', readSystem],
  ['CONFIG', readConfig],
  ['GLOBALPROTECT', readGlobalProtect],
  ['USERID', readIdentity],
  ['AUTHENTICATION', readIdentity],
  ['HIPMATCH', readNotice('host')],
  ['HIP-MATCH', readNotice('host')],
  ['IPTAG', readNotice('host')],
  ['CORRELATION', readNotice('intrusion_detection')],
  ['DNS', readDns],
]);

/** Category, type and outcome of a row, and the columns that mean different things in different log types. */
export function classify(row: PanRow, draft: EventDraft): void {
  READERS.get(row.type)?.(row, draft);
  dropUntranslated(draft);
}

function readNotice(category: string): RowReader {
  return ({ subtype }, { event }) => {
    event['event.category'] = category;
    event['event.type'] = 'info';
    if (subtype !== '' && subtype !== '0') event['event.action'] = subtype.toLowerCase();
  };
}

/** `alert` is of GTP and SCTP: the packet went through. */
const PASSES = new Set(['allow', 'alert']);

/** A session that policy stopped is denied, even when its record is of the session's end. */
export function sessionType(word: string, action: string): string {
  const stopped = word === 'deny' || word === 'drop' || (action !== '' && !PASSES.has(action));
  return stopped ? 'denied' : word === 'start' || word === 'end' ? word : 'allowed';
}

function readSession(row: PanRow, draft: EventDraft): void {
  const { event } = draft;
  const word = (row.subtype === '' ? row.type : row.subtype).toLowerCase();
  const action = event['event.action'] ?? '';
  event['event.category'] = 'network';
  event['event.type'] = sessionType(word, action);
  if (event['event.type'] !== 'start') draft.seconds(row.value('elapsed'));
  if (draft.event['network.bytes'] === undefined) addTotals(draft);
}

function readDecryption(row: PanRow, draft: EventDraft): void {
  const action = draft.event['event.action'] ?? '';
  draft.event['event.category'] = 'network';
  draft.event['event.type'] = action === '' ? 'info' : action === 'allow' ? 'allowed' : 'denied';
  draft.label('fingerprint', row.value('fingerprint'));
  draft.text('destination.domain', row.value('sni'));
}

/** DNS Security of the log service: a question, and what was done with it. */
function readDns({ subtype }: PanRow, draft: EventDraft): void {
  const { event } = draft;
  const action = event['event.action'] ?? '';
  event['event.category'] = 'network';
  event['event.type'] = action === '' ? 'info' : PASSES.has(action) ? 'allowed' : 'denied';
  event['network.protocol'] = 'dns';
  if (action === '') draft.lower('event.action', subtype);
}

function readConfig(row: PanRow, draft: EventDraft): void {
  const command = row.value('cmd').toLowerCase();
  const result = row.value('result');
  const { event } = draft;
  event['event.category'] = 'configuration';
  event['event.type'] = CHANGES.get(command) ?? 'info';
  if (result === 'Succeeded') event['event.outcome'] = 'success';
  else if (result === 'Failed' || result === 'Unauthorized') event['event.outcome'] = 'failure';
  draft.label('result', result);
}
