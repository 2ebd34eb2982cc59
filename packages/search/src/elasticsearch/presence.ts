import type { SearchField } from '../store.ts';
import { anyOf, type Query } from './clause.ts';
import { CUT, FOLDED_LABELS, fieldMark, HAS, isLabel, isTextField, labelStart, TAIL } from './index-fields.ts';

/** Records that have the field. */
export function has(field: SearchField): Query {
  if (isTextField(field)) return { term: { [HAS]: { value: field } } };
  if (isLabel(field)) return { prefix: { [FOLDED_LABELS]: { value: labelStart(field) } } };
  return anyOf([{ exists: { field } }, isCut(field)]);
}

/** Records in which something of the field is too long to be a term. */
export function isCut(field: SearchField): Query {
  return { term: { [CUT]: { value: fieldMark(field) } } };
}

/** Records whose message is the end of their raw text. */
export const MESSAGE_IS_TAIL: Query = { term: { [HAS]: { value: TAIL } } };
