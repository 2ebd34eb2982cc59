import { listSites } from '@logmaster/db/sites';
import type { Dependencies } from '../../dependencies.ts';
import { scopeOf, showsSite } from '../../scope-of.ts';
import type { SessionUser } from '../../session-user.ts';
import { edgeDay, listArchiveSites } from './archive-names.ts';

type Deps = Pick<Dependencies, 'layout' | 'database'>;

/** Sites of the database and of the archive, in the user's scope, with the first and last day they have evidence of. */
export async function listEvidenceSites({ layout: { archive }, database }: Deps, user: SessionUser) {
  const [known, stored] = await Promise.all([
    database.fromReplica(user.id, (replica) => listSites(replica)),
    listArchiveSites(archive),
  ]);
  const names = new Map<string, string | null>(known.map(({ id, name }) => [id, name]));
  for (const id of stored) if (!names.has(id)) names.set(id, null);
  const scope = scopeOf(user);
  const shown = [...names].filter(([id]) => showsSite(scope, id));
  return Promise.all(
    shown.map(async ([id, name]) => {
      const [firstDay, lastDay] = await Promise.all([edgeDay(archive, id, 'first'), edgeDay(archive, id, 'last')]);
      return { id, name, firstDay, lastDay };
    }),
  );
}
