import { AppError } from '@logmaster/core/errors';
import { readCoverage as read } from '@logmaster/db/coverage/device-coverage';
import { readDevice } from '@logmaster/db/devices';
import type { Dependencies } from '../../dependencies.ts';
import { scopeOf, showsSite } from '../../scope-of.ts';
import type { SessionUser } from '../../session-user.ts';
import { dateOf } from '../now.ts';

type Deps = Pick<Dependencies, 'database' | 'clock'>;

const HOUR_MS = 3600_000;

/** How a device in the user's scope was parsed in the last hours. NOT_FOUND for others. */
export function readCoverage(
  { database, clock }: Deps,
  user: SessionUser,
  { id, hours }: { readonly id: string; readonly hours: number },
) {
  const from = new Date(dateOf(clock).getTime() - hours * HOUR_MS);
  return database.fromReplica(user.id, async (replica) => {
    const { name, address, siteId } = await readDevice(replica, id);
    if (!showsSite(scopeOf(user), siteId ?? '')) throw new AppError('NOT_FOUND', { detail: 'no such device' });
    return { device: { id, name, address }, ...(await read(replica, id, from)) };
  });
}
