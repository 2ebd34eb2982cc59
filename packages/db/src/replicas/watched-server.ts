import { Pool } from 'pg';
import type { Look } from './replica-state.ts';

/** A look is a few bytes over a connection that is open: one that takes longer is a server that does not answer. */
const LOOK_MS = 1_000;
/** SQLSTATE: some hosts of PostgreSQL keep `pg_control_system` from those who are no superusers. */
const INSUFFICIENT_PRIVILEGE = '42501';

/** `insert` and not `flush`: it covers a commit that does not wait for the disk, too. */
function lookSql(identifier: string): string {
  return `
    SELECT pg_is_in_recovery() AS recovering,
      (CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn() ELSE pg_current_wal_insert_lsn() END
        - '0/0'::pg_lsn)::float8 AS position,
      concat_ws(' ', ${identifier}, current_database()) AS identity`;
}
const LOOK = lookSql('(SELECT system_identifier FROM pg_control_system())');
const PLAIN_LOOK = lookSql('NULL');

/** A server that is looked at again and again, over a connection of its own: those of the readers may all be busy. */
export interface WatchedServer {
  /** Null when it does not answer in time. */
  look(): Promise<Look | null>;
  close(): Promise<void>;
}

/** Opens no connection before the first look. */
export function watchServer(url: string, applicationName: string): WatchedServer {
  const pool = new Pool({
    connectionString: url,
    max: 1,
    connectionTimeoutMillis: LOOK_MS,
    query_timeout: LOOK_MS,
    application_name: applicationName,
  });
  // An idle connection that breaks is not a failure: the next look opens another.
  pool.on('error', () => undefined);

  async function ask(sql: string): Promise<Look | null> {
    try {
      return (await pool.query<Look>(sql)).rows[0] ?? null;
    } catch (error) {
      if (sql === LOOK && (error as { code?: string }).code === INSUFFICIENT_PRIVILEGE) return ask(PLAIN_LOOK);
      // Whatever keeps it from telling how it is keeps readers from it: refused, starting, full, silent.
      return null;
    }
  }
  return { look: () => ask(LOOK), close: () => pool.end() };
}
