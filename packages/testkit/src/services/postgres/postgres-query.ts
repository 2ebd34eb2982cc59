import { Client } from 'pg';

const ANSWER_MS = 5_000;

/** One question over a connection of its own. A server that hangs is given up after five seconds. */
export async function queryPostgres(
  connectionString: string,
  text: string,
  values: readonly unknown[] = [],
): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString, connectionTimeoutMillis: ANSWER_MS, query_timeout: ANSWER_MS });
  // A server that dies says so twice: to the query, which rejects, and here.
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query(text, [...values]);
    return rows;
  } finally {
    await client.end();
  }
}
