import { isFieldName, LABEL_PREFIX } from '@logmaster/core/event/fields';
import { fieldOf, TIME_NAMES } from '../event/common-names.ts';
import type { EventDraft } from '../event/draft.ts';
import { isOurs, setField } from '../event/set-field.ts';
import { lenientTransport } from '../event/setters.ts';
import { addTotals } from '../event/totals.ts';
import { parseExact } from '../json-object/exact-json.ts';
import { readWhen } from '../time/read-when.ts';
import { verdictOf } from '../values/verdict.ts';
import type { VendorParser, VendorTime } from '../vendor.ts';
import { flatten } from './flatten.ts';
import { readVendorFields } from './products.ts';

/** Before a JSON object in syslog (Common Event Expression). */
const COOKIE = /@cee: ?/y;
const TRANSPORTS = new Set(['proto', 'protocol', 'transport', 'network.transport', 'ip_proto', 'ipproto']);

/** Records that are one JSON object: ECS names are taken over, common names mapped, all others are labels. */
export const jsonParser: VendorParser = {
  name: 'json',

  recognises({ text, messageAt }) {
    const at = objectAt(text, messageAt);
    if (text.charCodeAt(at) !== 0x7b || !text.endsWith('}')) return false;
    for (let next = at + 1; next < at + 64; next++) {
      const code = text.charCodeAt(next);
      if (code > 0x20) return code === 0x22 || code === 0x7d;
    }
    return false;
  },

  read({ text, messageAt }, draft) {
    const { event } = draft;
    event['event.dataset'] = 'generic.json';
    const object = parseObject(text.slice(objectAt(text, messageAt)));
    if (object === undefined) {
      draft.fail('message', 'not a JSON object');
      return undefined;
    }
    const { values, cut } = flatten(object);
    if (cut) draft.fail('message', 'JSON too deep or too many names');
    const known = readVendorFields(draft, values);
    return known ? known.time : readNames(draft, values);
  },
};

function objectAt(text: string, at: number): number {
  COOKIE.lastIndex = at;
  return COOKIE.test(text) ? COOKIE.lastIndex : at;
}

function parseObject(text: string): object | undefined {
  try {
    const value = parseExact(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
  } catch (error) {
    // How JSON.parse says that the text is none; the caller notes it on the record.
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function readNames(draft: EventDraft, values: ReadonlyMap<string, string>): VendorTime | undefined {
  const { event } = draft;
  const set = new Set<string>();
  for (const [name, value] of values) if (isFieldName(name) && !isOurs(name) && take(draft, name, value)) set.add(name);
  for (const [name, value] of values) {
    if (set.has(name) || TIME_NAMES.includes(name) || value === '') continue;
    if (TRANSPORTS.has(name.toLowerCase())) {
      lenientTransport(draft, value);
      continue;
    }
    const field = fieldOf(name);
    const free = field !== undefined && (event[field] === undefined || field === 'message' || field === 'log.level');
    if (!free || !setField(draft, field, value))
      draft.label(name.startsWith(LABEL_PREFIX) ? name.slice(LABEL_PREFIX.length) : name, value);
  }
  addTotals(draft);
  const action = event['event.action'];
  event['event.type'] ??= (action === undefined ? undefined : verdictOf(action)) ?? 'info';
  if (event['source.ip'] !== undefined && event['destination.ip'] !== undefined) event['event.category'] ??= 'network';
  const inner = innerOf(values);
  const time = timeOf(values);
  return inner === undefined || inner === '' ? time : { ...time, inner };
}

/** What was carried: by Beats and ECS loggers, journald (`journalctl -o json`), Docker and Kubernetes, GELF. */
function innerOf(values: ReadonlyMap<string, string>): string | undefined {
  const message = values.get('message');
  if (message !== undefined) return message;
  const said = values.get('MESSAGE');
  const program = values.get('SYSLOG_IDENTIFIER') ?? values.get('_COMM');
  if (said !== undefined && program !== undefined) {
    // As RFC 5424 writes it, so that the program's own parser finds name and process where it looks for them.
    const parts = [values.get('_HOSTNAME'), program, values.get('_PID') ?? values.get('SYSLOG_PID')];
    return `1 - ${parts.map((part) => (part === undefined || /[ "]/.test(part) ? '-' : part)).join(' ')} - - ${said}`;
  }
  return said ?? values.get('log')?.trimEnd() ?? values.get('full_message') ?? values.get('short_message');
}

function take(draft: EventDraft, name: Parameters<typeof setField>[1], value: string): boolean {
  if (name === 'network.transport' || value === '') return false;
  return setField(draft, name, value);
}

function timeOf(values: ReadonlyMap<string, string>): VendorTime | undefined {
  for (const name of TIME_NAMES) {
    const value = values.get(name);
    const when = value === undefined ? undefined : readWhen(value);
    if (when) return when;
  }
  return undefined;
}
