import { AppError } from '@logmaster/core/errors';
import { onDatabase } from '../database-error.ts';
import type { Client, PrimaryClient } from '../model-client.ts';
import type { Leadership } from './election.ts';

/**
 * A write of an elected job, in one transaction with the check that its leader is still the newest. The row is held
 * until the transaction ends, so a new leader begins after it or it is refused. Throws CONFLICT then.
 */
export function fencedWrite<T>(
  primary: PrimaryClient,
  { job, epoch }: Leadership,
  write: (transaction: Client) => Promise<T>,
): Promise<T> {
  return onDatabase(() =>
    primary.$transaction(async (transaction) => {
      // A leader that hangs in here would keep the next one from beginning.
      await transaction.$executeRaw`SET LOCAL idle_in_transaction_session_timeout = 20000`;
      const [newest] = await transaction.$queryRaw<{ epoch: bigint }[]>`
        SELECT epoch FROM elections WHERE job = ${job} FOR SHARE`;
      if (newest?.epoch !== epoch) throw new AppError('CONFLICT', { detail: `another node leads the job ${job} now` });
      return write(transaction);
    }),
  );
}
