import { becauseOf } from '@logmaster/core/api/health-reasons';
import { AppError } from '@logmaster/core/errors';
import { onDatabase } from './database-error.ts';
import type { Client } from './model-client.ts';

/** The oldest that its makers still mend, and that the tests run on is newer. */
const NEEDED_MAJOR = 14;

export interface ServerFacts {
  /** `15.18 (Debian …)`. */
  readonly version: string;
  /** 150018. */
  readonly number: number;
  /** A standby: nothing can be changed there. */
  readonly readOnly: boolean;
}

/** The server behind DATABASE_URL. Throws DATABASE_UNAVAILABLE. */
export function readServerFacts(primary: Client): Promise<ServerFacts> {
  return onDatabase(async () => {
    const [facts] = await primary.$queryRaw<ServerFacts[]>`
      SELECT current_setting('server_version') AS version, current_setting('server_version_num')::int AS number,
        pg_is_in_recovery() AS "readOnly"`;
    if (!facts) throw new AppError('INTERNAL', { detail: 'the server tells no version' });
    return facts;
  });
}

/** What keeps a server from being used, as health shows it; null when nothing does. */
export function serverFault({ version, number, readOnly }: ServerFacts) {
  const [shown = version] = version.split(' ');
  if (number < NEEDED_MAJOR * 10_000) {
    return becauseOf('DATABASE_TOO_OLD', { version: shown, needed: `${NEEDED_MAJOR}` });
  }
  return readOnly ? becauseOf('DATABASE_READ_ONLY') : null;
}

/**
 * For a start: SERVICE_UNSUITABLE when the server is too old. One that is away or only reads may be mended by a failover,
 * so the start goes on.
 */
export async function requireSuitableServer(primary: Client): Promise<void> {
  const fault = serverFault(await readServerFacts(primary));
  if (fault?.code === 'DATABASE_TOO_OLD') throw new AppError('SERVICE_UNSUITABLE', { detail: fault.reason });
}

/** Whether this installation can be served from the database now: reached, writable, migrated. */
export async function canServe(primary: Client): Promise<boolean> {
  try {
    const [row] = await primary.$queryRaw<{ ready: boolean }[]>`
      SELECT NOT pg_is_in_recovery() AND to_regclass('sessions') IS NOT NULL AS ready`;
    return row?.ready === true;
  } catch {
    // Away or in trouble: whatever it is, `GET /api/v1/health` says it.
    return false;
  }
}
