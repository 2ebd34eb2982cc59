import { revokeSession } from '@logmaster/db/sessions';
import type { Dependencies } from '../../dependencies.ts';
import { dateOf } from '../now.ts';

type Deps = Pick<Dependencies, 'database' | 'clock' | 'sessions'>;

/** Ends the session that a cookie names; one that has ended already is left as it is. */
export async function signOut(
  { database, clock, sessions }: Deps,
  { userId, sessionId }: { readonly userId: string; readonly sessionId: string },
): Promise<void> {
  await revokeSession(database.primary, { id: sessionId, userId, now: dateOf(clock) });
  await sessions.forget([sessionId]);
  await database.noteWrite(userId);
}
