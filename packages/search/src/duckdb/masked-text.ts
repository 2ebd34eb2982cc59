import type { FlatEvent } from '@logmaster/core/event/event';
import { LABEL_PREFIX } from '@logmaster/core/event/fields';
import { fold, foldSource } from '../query/fold.ts';
import type { SearchField } from '../store.ts';
import { quoted } from './columns.ts';
import type { Parameters } from './parameters.ts';

/**
 * Hiding the values of masked fields in the raw text (invariant 6). Every occurrence of the value is replaced,
 * whatever its case. A value that can't be found in the raw text (a sum, a converted time, a rewritten name) may stand
 * there in a form nobody knows, so then the whole text is hidden. The same rule twice: as SQL, for what a word search
 * may see, and in JavaScript, for what is returned.
 */
const HIDDEN = '•••';

export function readField(event: FlatEvent, field: SearchField): string | number | undefined {
  if (!field.startsWith(LABEL_PREFIX)) return event[field as keyof FlatEvent] as string | number | undefined;
  const key = field.slice(LABEL_PREFIX.length);
  return event.labels && Object.hasOwn(event.labels, key) ? event.labels[key] : undefined;
}

/** The event without its masked fields, their values hidden in `message` and `event.original`. */
export function maskEvent(event: FlatEvent, masked: readonly SearchField[]): FlatEvent {
  if (masked.length === 0) return event;
  const values = masked
    .filter((field) => field !== 'message' && field !== 'event.original')
    .map((field) => readField(event, field))
    .filter((value) => value !== undefined && value !== '')
    .map((value) => fold(String(value)))
    .sort((a, b) => b.length - a.length);
  const { 'event.original': original, message } = event;
  const shown: FlatEvent = { ...event };
  const known = values.every((value) => original !== undefined && new RegExp(foldSource(value), 'u').test(original));
  const pattern = values.length > 0 ? new RegExp(values.map(foldSource).join('|'), 'gu') : undefined;
  const hide = (text: string) => (known ? (pattern ? text.replace(pattern, HIDDEN) : text) : HIDDEN);
  if (original !== undefined) shown['event.original'] = hide(original);
  if (message !== undefined) shown.message = hide(message);
  for (const field of masked) {
    if (!field.startsWith(LABEL_PREFIX)) delete shown[field as keyof FlatEvent];
    else if (shown.labels) {
      const { [field.slice(LABEL_PREFIX.length)]: _, ...others } = shown.labels;
      shown.labels = others;
    }
  }
  return shown;
}

const foldSql = (sql: string) => `replace(replace(lower(${sql}), 'ı', 'i'), 'i\u0307', 'i')`;

/** SQL for `text` (folded) with the masked values hidden; '' where all of it is hidden. */
export function maskedTextSql(text: string, masked: readonly SearchField[], parameters: Parameters): string {
  const values = masked
    .filter((field) => field !== 'message' && field !== 'event.original')
    .map((field) => `coalesce(CAST(${fieldSql(field, parameters)} AS VARCHAR), '')`);
  if (values.length === 0) return text;
  const original = foldSql(quoted('event.original'));
  const unknown = values.map((v) => `(${v} <> '' AND NOT coalesce(contains(${original}, ${foldSql(v)}), false))`);
  // longest first: a value inside another one must not break the longer one up
  const byLength = `list_reverse_sort([${values.map((v) => `lpad(CAST(length(${foldSql(v)}) AS VARCHAR), 8, '0') || ${foldSql(v)}`).join(', ')}])`;
  const hidden = `list_reduce(list_prepend(${foldSql(text)}, list_transform(${byLength}, lambda v: v[9:])), lambda t, v: replace(t, v, '•••'))`;
  return `(CASE WHEN ${unknown.join(' OR ')} THEN '' ELSE ${hidden} END)`;
}

/** Column of a field, or the label of that key. The key is bound. */
export function fieldSql(field: SearchField, parameters: Parameters): string {
  return field.startsWith(LABEL_PREFIX)
    ? `labels[${parameters.text(field.slice(LABEL_PREFIX.length))}]`
    : quoted(field);
}
