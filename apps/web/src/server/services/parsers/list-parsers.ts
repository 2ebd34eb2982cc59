import type { ParserSummary } from '@logmaster/core/api/parsers';
import { listParsers as readParsers } from '@logmaster/db/custom-parsers';
import { toParserSummary } from '@logmaster/db/parser-views';
import type { Dependencies } from '../../dependencies.ts';
import type { SessionUser } from '../../session-user.ts';

/** All custom parsers, in use or not. */
export async function listParsers(
  { database }: Pick<Dependencies, 'database'>,
  user: SessionUser,
): Promise<{ parsers: ParserSummary[] }> {
  const rows = await database.fromReplica(user.id, readParsers);
  return { parsers: rows.map(toParserSummary) };
}
