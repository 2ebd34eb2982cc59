import { listSessions as readSessions } from '@logmaster/db/sessions';
import type { Dependencies } from '../../dependencies.ts';
import type { SessionUser } from '../../session-user.ts';
import { dateOf } from '../now.ts';
import { IDLE_MS } from '../session/limits.ts';

/** The user's open sessions, last used first. */
export async function listSessions({ database, clock }: Pick<Dependencies, 'database' | 'clock'>, user: SessionUser) {
  const now = dateOf(clock);
  const open = { userId: user.id, now, idleSince: new Date(now.getTime() - IDLE_MS) };
  const rows = await database.fromReplica(user.id, (replica) => readSessions(replica, open));
  return rows.map((row) => ({ ...row, current: row.id === user.sessionId }));
}
