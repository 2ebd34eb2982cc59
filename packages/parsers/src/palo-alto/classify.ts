import type { FieldName } from '@logmaster/core/event/fields';
import type { EventDraft } from '../event/draft.ts';
import { addTotals } from '../event/totals.ts';
import { dropUntranslated } from '../event/translation.ts';
import { readGlobalProtect, readIdentity } from './people.ts';
import type { PanRow, RowView } from './row.ts';
import { readSystem } from './system.ts';
import { readObject, readThreat } from './threat.ts';

/** By the command, in lower case. */
export const CHANGES: ReadonlyMap<string, string> = new Map([
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

/**
 * A part of a log type's reader: what it makes of some columns. The reader of columns asks it once for
 * each combination of their values.
 */
export interface RowPart {
  /** The columns that it looks at, be it by the fields that were set from them. */
  readonly columns: readonly string[];
  /** The fields of the event that it asks for, set from no other columns than those. */
  readonly fields: readonly FieldName[];
  read(row: RowView, draft: EventDraft): void;
}

const part = (columns: string, fields: readonly FieldName[], read: RowPart['read']): RowPart => ({
  columns: columns.split(' '),
  fields,
  read,
});

const SESSION = [part('subtype action', ['event.action'], readSession)];
const IDENTITY = part('subtype event', [], readIdentity);

const PARTS: ReadonlyMap<string, readonly RowPart[]> = new Map<string, readonly RowPart[]>([
  ['TRAFFIC', SESSION],
  ['DECRYPTION', [part('action sni', ['event.action'], readDecryption)]],
  ['START', SESSION],
  ['END', SESSION],
  ['TUNNEL', SESSION],
  ['GTP', SESSION],
  ['SCTP', SESSION],
  [
    'THREAT',
    [
      part('subtype action threatid filedigest', ['event.action'], readThreat),
      part('subtype app dst_host misc', ['network.application', 'destination.domain'], readObject),
    ],
  ],
  ['SYSTEM', [part('subtype eventid severity opaque', [], readSystem)]],
  ['CONFIG', [part('cmd result', ['event.action'], readConfig)]],
  [
    'GLOBALPROTECT',
    [part('eventid status public_ip public_ipv6 private_ip private_ipv6 login_duration', [], readGlobalProtect)],
  ],
  ['USERID', [IDENTITY]],
  ['AUTHENTICATION', [IDENTITY]],
  ['AUTH', [IDENTITY]],
  ['HIPMATCH', [readNotice('host')]],
  ['HIP-MATCH', [readNotice('host')]],
  ['IPTAG', [readNotice('host')]],
  ['CORRELATION', [readNotice('intrusion_detection')]],
  ['DNS', [part('subtype action', ['event.action'], readDns)]],
]);

/** Types whose rows say how long the session was. */
export const SESSION_TYPES: ReadonlySet<string> = new Set(
  [...PARTS].filter(([, parts]) => parts === SESSION).map(([type]) => type),
);

export const partsOf = (type: string): readonly RowPart[] => PARTS.get(type) ?? [];

/** Category, type and outcome of a row, and the columns that mean different things in different log types. */
export function classify(row: PanRow, draft: EventDraft): void {
  for (const { read } of partsOf(row.type)) read(row, draft);
  if (SESSION_TYPES.has(row.type)) readLength(row, draft);
  dropUntranslated(draft);
}

function readNotice(category: string): RowPart {
  return part('subtype eventid', [], ({ type, subtype: written, value }, { event }) => {
    event['event.category'] = category;
    event['event.type'] = 'info';
    // The log service repeats the type, and says in the event what was done.
    const done = value('eventid');
    const subtype = written.toUpperCase() === type && done !== '' ? done : written;
    if (subtype !== '' && subtype !== '0') event['event.action'] = subtype.toLowerCase();
  });
}

/** `alert` is of GTP and SCTP: the packet went through. */
const PASSES = new Set(['allow', 'alert']);

/** A session that policy stopped is denied, even when its record is of the session's end. */
function readSession(row: RowView, { event }: EventDraft): void {
  const word = (row.subtype === '' ? row.type : row.subtype).toLowerCase();
  const action = event['event.action'] ?? '';
  const stopped = word === 'deny' || word === 'drop' || (action !== '' && !PASSES.has(action));
  event['event.category'] = 'network';
  event['event.type'] = stopped ? 'denied' : word === 'start' || word === 'end' ? word : 'allowed';
}

function readLength(row: PanRow, draft: EventDraft): void {
  if (draft.event['event.type'] !== 'start') draft.seconds(row.value('elapsed'));
  if (draft.event['network.bytes'] === undefined) addTotals(draft);
}

function readDecryption(row: RowView, draft: EventDraft): void {
  const action = draft.event['event.action'] ?? '';
  draft.event['event.category'] = 'network';
  draft.event['event.type'] = action === '' ? 'info' : action === 'allow' ? 'allowed' : 'denied';
  draft.text('destination.domain', row.value('sni'));
}

/** DNS Security of the log service: a question, and what was done with it. */
function readDns({ subtype }: RowView, draft: EventDraft): void {
  const { event } = draft;
  const action = event['event.action'] ?? '';
  event['event.category'] = 'network';
  event['event.type'] = action === '' ? 'info' : PASSES.has(action) ? 'allowed' : 'denied';
  event['network.protocol'] = 'dns';
  if (action === '') draft.lower('event.action', subtype);
}

function readConfig(row: RowView, draft: EventDraft): void {
  const command = row.value('cmd').toLowerCase();
  const result = row.value('result');
  const { event } = draft;
  event['event.category'] = 'configuration';
  event['event.type'] = CHANGES.get(command) ?? 'info';
  if (result === 'Succeeded') event['event.outcome'] = 'success';
  else if (result === 'Failed' || result === 'Unauthorized') event['event.outcome'] = 'failure';
  draft.label('result', result);
}
