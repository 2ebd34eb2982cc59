import type { SearchField } from '../../store.ts';
import { CUT, fieldMark, HAS, isLabel, isTextField, TAIL } from '../documents/index-fields.ts';
import { anyOf, type Query } from './clause.ts';

/** Records that have the field. */
export function has(field: SearchField): Query {
  if (isTextField(field) || isLabel(field)) return { term: { [HAS]: { value: fieldMark(field) } } };
  return anyOf([{ exists: { field } }, isCut(field)]);
}

/** Records in which something of the field is too long to be a term. */
export function isCut(field: SearchField): Query {
  return { term: { [CUT]: { value: fieldMark(field) } } };
}

/** Records whose message is the end of their raw text. */
export const MESSAGE_IS_TAIL: Query = { term: { [HAS]: { value: TAIL } } };
