import { EVENT_FIELDS, isFieldName, LABEL_PREFIX } from '../event/fields.ts';

/** What the product says of a record is not a parser's to say. */
const OWN_FIELDS: ReadonlySet<string> = new Set(['event.original', 'log.source.address']);
const OWN_PREFIX = 'logmaster.';
const SESSION = 'logmaster.session.id';
/** A name without a dot, because a dot would make one label the parent of another. */
const LABEL_NAME = /^[\p{L}\p{N}_@-]{1,64}$/u;

/** Whether a definition may set it: an event field, or `labels.NAME`. Dates are set by `time` and `event.duration`. */
export function isTarget(name: string): boolean {
  if (name.startsWith(LABEL_PREFIX)) return isLabelName(name.slice(LABEL_PREFIX.length));
  if (!isFieldName(name) || EVENT_FIELDS[name].type === 'date' || OWN_FIELDS.has(name)) return false;
  return !name.startsWith(OWN_PREFIX) || name === SESSION;
}

export function isLabelName(name: string): boolean {
  return LABEL_NAME.test(name) && name !== '__proto__';
}
