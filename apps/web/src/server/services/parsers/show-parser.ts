import type { ParserVersion } from '@logmaster/core/api/parsers';
import { readParserVersion } from '@logmaster/db/custom-parsers';
import { toParserVersion } from '@logmaster/db/parser-views';
import type { Dependencies } from '../../dependencies.ts';
import type { SessionUser } from '../../session-user.ts';

/** One version with its definition: the one that is asked for, else the active one, else the newest. */
export async function showParser(
  { database }: Pick<Dependencies, 'database'>,
  user: SessionUser,
  ref: { readonly name: string; readonly version?: number | undefined },
): Promise<ParserVersion> {
  return toParserVersion(await database.fromReplica(user.id, (replica) => readParserVersion(replica, ref)));
}
