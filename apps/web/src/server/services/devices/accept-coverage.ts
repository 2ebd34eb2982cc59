import { acceptCoverage as accept } from '@logmaster/db/coverage/device-coverage';
import type { Dependencies } from '../../dependencies.ts';
import type { SessionUser } from '../../session-user.ts';
import { dateOf } from '../now.ts';
import { requireManager } from '../require-manager.ts';

type Deps = Pick<Dependencies, 'database' | 'clock'>;

/** How a device is parsed now is usual from now on. */
export async function acceptCoverage(
  { database, clock }: Deps,
  user: SessionUser,
  { id }: { readonly id: string },
): Promise<void> {
  requireManager(user);
  await accept(database.primary, id, dateOf(clock));
}
