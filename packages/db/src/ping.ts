import type { Client } from './client.ts';
import { onDatabase } from './database-error.ts';

/** Throws DATABASE_UNAVAILABLE when the database does not answer. */
export async function pingDatabase(client: Client): Promise<undefined> {
  await onDatabase(() => client.$queryRaw`SELECT 1`);
}
