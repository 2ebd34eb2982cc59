import { AppError } from '@logmaster/core/errors';
import type { Scope } from '@logmaster/core/scope';
import { fieldsOf, type QueryAst } from '../query/ast.ts';
import { isSearchField } from '../query/field-names.ts';
import type { SearchField } from '../store.ts';

/** The fields that a scope hides. Throws INVALID_INPUT for a name that is no field. */
export function maskedFields(scope: Scope): readonly SearchField[] {
  return scope.maskedFields.map((name) => {
    if (isSearchField(name)) return name;
    // an unknown name would hide nothing: better no search than one that shows what should be hidden
    throw new AppError('INVALID_INPUT', { detail: `there is no field “${name}” to hide` });
  });
}

function refuse(field: string): never {
  throw new AppError('QUERY_FIELD_MASKED', { detail: field, data: { field } });
}

/** Invariant 6: what a query may name, before anything is read. Results are ordered by `@timestamp`. */
export function refuseMasked(ast: QueryAst, scope: Scope, grouped: SearchField | undefined): void {
  const masked = maskedFields(scope);
  if (masked.includes('@timestamp')) refuse('@timestamp');
  if (masked.includes('logmaster.record.id')) refuse('logmaster.record.id');
  for (const field of fieldsOf(ast)) {
    if (field === null) {
      if (masked.includes('message') && masked.includes('event.original')) refuse('event.original');
    } else if (masked.includes(field)) refuse(field);
  }
  if (grouped === undefined) return;
  if (masked.includes(grouped)) refuse(grouped);
  // the text holds the hidden values, so it can't be listed as a whole either
  if (masked.length > 0 && (grouped === 'message' || grouped === 'event.original')) refuse(grouped);
}
