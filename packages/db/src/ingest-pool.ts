import { AppError } from '@logmaster/core/errors';
import { Pool } from 'pg';
import { isAway } from './away.ts';

const CONNECT_TIMEOUT_MS = 5_000;

/** One connection over `pg`, because Prisma would cost each process of ingest 80 MB. It is made at the first query. */
export function openIngestPool(url: string): Pool {
  const pool = new Pool({ connectionString: url, max: 1, connectionTimeoutMillis: CONNECT_TIMEOUT_MS });
  // An idle connection that breaks is not a failure: the next call opens another.
  pool.on('error', () => undefined);
  return pool;
}

/** Runs one piece of work on it; whatever it throws comes out as an AppError: away → DATABASE_UNAVAILABLE. */
export async function onPool<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    throw new AppError(isAway(cause) ? 'DATABASE_UNAVAILABLE' : 'INTERNAL', { cause });
  }
}
