import type { ParserSummary } from '@logmaster/core/api/parsers';
import { deactivateParser as deactivate } from '@logmaster/db/custom-parser-changes';
import { toParserSummary } from '@logmaster/db/parser-views';
import type { Dependencies } from '../../dependencies.ts';
import type { SessionUser } from '../../session-user.ts';
import { requireScope } from '../require-scope.ts';

/** Takes a parser out of use. Its versions stay: records name them. */
export async function deactivateParser(
  { database: { primary } }: Pick<Dependencies, 'database'>,
  user: SessionUser,
  name: string,
): Promise<ParserSummary> {
  requireScope(user, 'parsers:write');
  return toParserSummary(await deactivate(primary, name));
}
