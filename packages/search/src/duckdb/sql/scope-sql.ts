import { maskedFields } from '../../answers/masking-rules.ts';
import type { QueryAst } from '../../query/ast.ts';
import type { SearchQuery } from '../../store.ts';
import { quoted } from '../columns.ts';
import { Compiler } from './compile.ts';
import type { Parameters } from './parameters.ts';

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
