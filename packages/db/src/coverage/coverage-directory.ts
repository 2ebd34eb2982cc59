import type { CoverageDirectory } from '@logmaster/core/coverage/window';
import { Pool } from 'pg';
import { onPool } from '../ingest-pool.ts';
import { reportWindows } from './report.ts';

const CONNECT_TIMEOUT_MS = 5_000;

export interface OpenCoverageDirectory extends CoverageDirectory {
  close(): Promise<void>;
}

/** Coverage as ingest tells it, over a connection of its own: a report may not hold up the assignment of senders. */
export function openCoverageDirectory({ url }: { readonly url: string }): OpenCoverageDirectory {
  const pool = new Pool({ connectionString: url, max: 1, connectionTimeoutMillis: CONNECT_TIMEOUT_MS });
  // An idle connection that breaks is not a failure: the next call opens another.
  pool.on('error', () => undefined);
  return {
    reportCoverage: (windows, now) =>
      onPool(async () => {
        const client = await pool.connect();
        let failure: Error | undefined;
        try {
          await client.query('BEGIN');
          const answer = await reportWindows(client, windows, now);
          await client.query('COMMIT');
          return answer;
        } catch (error) {
          failure = error instanceof Error ? error : new Error(String(error));
          throw error;
        } finally {
          // The transaction of a connection that is thrown away ends with it.
          client.release(failure);
        }
      }),
    close: () => pool.end(),
  };
}
