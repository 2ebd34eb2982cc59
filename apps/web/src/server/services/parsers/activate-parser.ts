import type { ParserSummary } from '@logmaster/core/api/parsers';
import { activateParser as activate } from '@logmaster/db/custom-parser-changes';
import { toParserSummary } from '@logmaster/db/parser-views';
import type { Dependencies } from '../../dependencies.ts';
import type { SessionUser } from '../../session-user.ts';
import { requireScope } from '../require-scope.ts';

/** Takes a version into use: also the way back to an earlier one. */
export async function activateParser(
  { database: { primary } }: Pick<Dependencies, 'database'>,
  user: SessionUser,
  ref: { readonly name: string; readonly version: number },
): Promise<ParserSummary> {
  requireScope(user, 'parsers:write');
  return toParserSummary(await activate(primary, ref));
}
