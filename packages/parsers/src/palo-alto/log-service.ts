import type { EventDraft } from '../event/draft.ts';
import type { Setter } from '../event/setters.ts';
import type { VendorTime } from '../vendor.ts';
import { classify } from './classify.ts';
import { NO_VALUE, settersOf } from './fields.ts';
import { LOG_SERVICE_COLUMNS, LOG_SERVICE_FIELDS } from './log-service-names.ts';
import type { PanRow } from './row.ts';
import { readRowTime } from './time.ts';

const KNOWN = [...new Set(LOG_SERVICE_COLUMNS.values())];
const SETTERS: ReadonlyMap<string, Setter | undefined> = new Map(
  settersOf(KNOWN).map((set, place) => [KNOWN[place] as string, set]),
);
/** Log types of the service that have another name in the firewall's rows, and the subtype that they stand for. */
const TYPES: ReadonlyMap<string, readonly [type: string, subtype: string]> = new Map([
  ['URL', ['THREAT', 'url']],
  ['FILE', ['THREAT', 'file']],
]);
/** Written in lower case in the firewall's rows. */
const LOWERED = new Set(['severity', 'subtype', 'proto']);
const NOTHING = new Set(['', 'null', 'n-a', 'N/A']);

/** Are these names the log service's? */
export function isLogService(values: ReadonlyMap<string, string>): boolean {
  return values.has('LogType') && (values.has('DeviceSN') || values.has('LogSourceID'));
}

/**
 * A record of Palo Alto's log service (Strata Logging Service, Prisma Access), which gives the columns of PAN-OS' rows
 * names of its own and writes them as JSON, CEF or LEEF: read as the row that it was.
 */
export function readLogService(draft: EventDraft, values: ReadonlyMap<string, string>): VendorTime {
  const { event } = draft;
  event['event.dataset'] = 'paloalto.panos';
  event['observer.vendor'] = 'Palo Alto Networks';
  event['observer.product'] = 'PAN-OS';
  event['observer.type'] = 'firewall';
  const columns = new Map<string, string>();
  const others: [string, string][] = [];
  for (const [name, value] of values) {
    const column = LOG_SERVICE_COLUMNS.get(name);
    if (NOTHING.has(value)) continue;
    if (column === undefined) others.push([name, value]);
    else if (!columns.has(column)) columns.set(column, LOWERED.has(column) ? value.toLowerCase() : value);
  }
  const row = rowOf(columns);
  draft.label('type', row.type);
  draft.label('subtype', row.subtype);
  for (const [column, value] of columns) SETTERS.get(column)?.(draft, value);
  for (const [name, value] of others) {
    const set = LOG_SERVICE_FIELDS.get(name);
    if (set) set(draft, value);
    else if (!NO_VALUE.has(value)) draft.label(name, value);
  }
  classify(row, draft);
  return readRowTime(row);
}

function rowOf(columns: ReadonlyMap<string, string>): PanRow {
  const written = (columns.get('type') ?? '').toUpperCase();
  const [type, subtype] = TYPES.get(written) ?? [written, ''];
  return {
    type,
    subtype: subtype === '' ? (columns.get('subtype') ?? '') : subtype,
    setters: [],
    values: [],
    value: (name) => columns.get(name) ?? '',
  };
}
