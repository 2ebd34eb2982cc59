import { fieldOf } from './common-names.ts';
import type { EventDraft } from './draft.ts';
import { setField } from './set-field.ts';
import { lenientTransport } from './setters.ts';

const TRANSPORTS = new Set(['proto', 'protocol', 'transport', 'ipprotocol', 'ip_protocol']);

/** Written where a program had no value. */
const NULLS = new Set(['NULL', 'Null', 'null', '(NULL)', '(null)', '<null>']);
/** Nothing was translated. */
const UNTRANSLATED = new Set(['0', '0.0.0.0', '::']);

/** Sets the field that a sender's name means to all systems; the first of several counts. False: it means none. */
export function setNamed(draft: EventDraft, name: string, value: string): boolean {
  if (TRANSPORTS.has(name.toLowerCase())) {
    lenientTransport(draft, value);
    return true;
  }
  const field = fieldOf(name);
  if (field !== undefined && (NULLS.has(value) || (field.includes('.nat.') && UNTRANSLATED.has(value)))) return true;
  // The text of the record stays its message.
  if (field === undefined || field === 'message') return false;
  const isFree = field === 'log.level' || draft.event[field] === undefined;
  return isFree && value !== '' && setField(draft, field, value);
}
