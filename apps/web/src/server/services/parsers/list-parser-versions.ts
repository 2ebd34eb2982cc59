import type { ParserVersion } from '@logmaster/core/api/parsers';
import { listParserVersions as readVersions } from '@logmaster/db/custom-parsers';
import { toParserVersion } from '@logmaster/db/parser-views';
import type { Dependencies } from '../../dependencies.ts';
import type { SessionUser } from '../../session-user.ts';

/** All that was ever saved under a name, newest first. */
export async function listParserVersions(
  { database }: Pick<Dependencies, 'database'>,
  user: SessionUser,
  name: string,
): Promise<{ versions: ParserVersion[] }> {
  const rows = await database.fromReplica(user.id, (replica) => readVersions(replica, name));
  return { versions: rows.map(toParserVersion) };
}
