import type { CoverageDirectory } from '@logmaster/core/coverage/window';
import { onPool, openIngestPool } from '../ingest-pool.ts';
import { reportWindows } from './report.ts';

export interface OpenCoverageDirectory extends CoverageDirectory {
  close(): Promise<void>;
}

/** Coverage as ingest tells it, over a connection of its own: a report may not hold up the assignment of senders. */
export function openCoverageDirectory({ url }: { readonly url: string }): OpenCoverageDirectory {
  const pool = openIngestPool(url);
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
