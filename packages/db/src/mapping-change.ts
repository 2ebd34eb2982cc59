import { onDatabase } from './database-error.ts';
import type { Client, PrimaryClient } from './model-client.ts';

/**
 * One change of sites, devices or bindings: `work` and the next mapping version are committed together. The version's
 * row is locked first, so changes happen one after the other and `work` sees what the one before it left.
 */
export function changeMapping<T>(primary: PrimaryClient, work: (primary: Client) => Promise<T>): Promise<T> {
  return onDatabase(() =>
    primary.$transaction(async (transaction) => {
      await transaction.$executeRaw`UPDATE mapping_version SET version = version + 1`;
      return work(transaction);
    }),
  );
}
