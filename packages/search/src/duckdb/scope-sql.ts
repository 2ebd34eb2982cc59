import { AppError } from '@logmaster/core/errors';
import type { Scope } from '@logmaster/core/scope';
import { fieldsOf, type QueryAst } from '../query/ast.ts';
import { isSearchField } from '../query/field-names.ts';
import type { SearchField, SearchQuery } from '../store.ts';
import { quoted } from './columns.ts';
import { Compiler } from './compile.ts';
import type { Parameters } from './parameters.ts';

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

/** Everything a row must satisfy: the scope, the time range, the query. */
export function conditionSql(query: Omit<SearchQuery, 'text'>, ast: QueryAst, parameters: Parameters): string {
  const { scope } = query;
  const tests: string[] = [];
  const timestamp = quoted('@timestamp');
  const received = quoted('logmaster.received_at');
  if (query.from !== undefined) tests.push(`${timestamp} >= ${parameters.moment(query.from)}`);
  if (query.to !== undefined) tests.push(`${timestamp} < ${parameters.moment(query.to)}`);
  if (scope.from !== null) tests.push(`${received} >= ${parameters.moment(scope.from)}`);
  if (scope.to !== null) tests.push(`${received} < ${parameters.moment(scope.to)}`);
  if (scope.sites) tests.push(`list_contains(${parameters.texts(scope.sites)}, ${quoted('logmaster.site.id')})`);
  if (scope.devices) tests.push(`list_contains(${parameters.texts(scope.devices)}, ${quoted('logmaster.device.id')})`);
  tests.push(new Compiler(parameters, maskedFields(scope)).compile(ast));
  return tests.join(' AND ');
}
