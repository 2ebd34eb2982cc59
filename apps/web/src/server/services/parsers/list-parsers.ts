import type { ParserSummary } from '@logmaster/core/api/parsers';
import { listParsers as readParsers } from '@logmaster/db/custom-parsers';
import { toParserSummary } from '@logmaster/db/parser-views';
import type { SessionUser } from '../../context.ts';
import type { Dependencies } from '../../dependencies.ts';

/** All custom parsers, in use or not. */
export async function listParsers(
  { database }: Pick<Dependencies, 'database'>,
  user: SessionUser,
): Promise<{ parsers: ParserSummary[] }> {
  const rows = await database.fromReplica(user.id, readParsers);
  return { parsers: rows.map(toParserSummary) };
}
