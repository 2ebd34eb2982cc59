import { listCoverage as list } from '@logmaster/db/coverage/device-coverage';
import type { Dependencies } from '../../dependencies.ts';
import { scopeOf, showsSite } from '../../scope-of.ts';
import type { SessionUser } from '../../session-user.ts';
import { dateOf } from '../now.ts';

type Deps = Pick<Dependencies, 'database' | 'clock'>;

const DAY_MS = 86_400_000;

/** How the devices in the user's scope were parsed in the last 24 hours. */
export async function listCoverage({ database, clock }: Deps, user: SessionUser) {
  const from = new Date(dateOf(clock).getTime() - DAY_MS);
  const all = await database.fromReplica(user.id, (replica) => list(replica, from));
  const scope = scopeOf(user);
  return all.filter(({ siteId }) => showsSite(scope, siteId ?? ''));
}
