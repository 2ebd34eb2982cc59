import { LABEL_PREFIX } from '@logmaster/core/event/fields';
import { HIDDEN } from '../../answers/masked-event.ts';
import type { SearchField } from '../../store.ts';
import { quoted } from '../columns.ts';
import type { Parameters } from './parameters.ts';

/**
 * What a word search may see under a scope with masked fields: the rule of answers/masked-event.ts as SQL.
 */
const foldSql = (sql: string) => `replace(replace(lower(${sql}), 'ı', 'i'), 'i\u0307', 'i')`;

/**
 * SQL for `text` as a pattern with ? must see it: an i with a dot above is one character. Only texts with such a dot
 * are folded for it.
 */
export const oneLetterSql = (sql: string) =>
  `(CASE WHEN contains(${sql}, '\u0307') THEN regexp_replace(lower(${sql}), '[iı]\u0307*', 'i', 'g') ELSE ${sql} END)`;

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
  const hidden = `list_reduce(list_prepend(${foldSql(text)}, list_transform(${byLength}, lambda v: v[9:])), lambda t, v: replace(t, v, '${HIDDEN}'))`;
  return `(CASE WHEN ${unknown.join(' OR ')} THEN '' ELSE ${hidden} END)`;
}

/** Column of a field, or the label of that key. The key is bound. */
export function fieldSql(field: SearchField, parameters: Parameters): string {
  return field.startsWith(LABEL_PREFIX)
    ? `labels[${parameters.text(field.slice(LABEL_PREFIX.length))}]`
    : quoted(field);
}
