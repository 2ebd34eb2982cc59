import type { z } from 'zod';
import { configFault } from './config-fault.ts';
import type { databaseEnvironment } from './fragments.ts';

export interface DatabaseSettings {
  readonly url: string;
  readonly replicaUrls: readonly string[];
  readonly maxLagSeconds: number;
}

/** CONFIG_INVALID when one server is named twice: its failure would count as one of several. */
export function databaseSettings(environment: z.infer<typeof databaseEnvironment>): DatabaseSettings {
  const replicaUrls = environment.DATABASE_REPLICA_URLS ?? [];
  if (new Set([environment.DATABASE_URL, ...replicaUrls]).size < replicaUrls.length + 1) {
    throw configFault(
      'DATABASE_REPLICA_URLS names a server twice, or the primary of DATABASE_URL: name each replica once',
    );
  }
  return { url: environment.DATABASE_URL, replicaUrls, maxLagSeconds: environment.DATABASE_REPLICA_MAX_LAG_SECONDS };
}
