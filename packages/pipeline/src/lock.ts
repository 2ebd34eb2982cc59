import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { AppError } from '@logmaster/core/errors';

/**
 * An exclusive lock that the kernel gives back when its holder dies, also by SIGKILL. Node has no flock; SQLite takes
 * an fcntl lock on the file and keeps it while the transaction is open.
 */
export interface FileLock {
  release(): void;
}

const SQLITE_BUSY = 5;

/** Undefined when another process holds it for longer than `waitMs`. */
export function tryLock(file: string, waitMs = 0): FileLock | undefined {
  mkdirSync(path.dirname(file), { recursive: true });
  const database = new DatabaseSync(file);
  try {
    database.exec(`PRAGMA busy_timeout = ${Math.floor(waitMs)}`);
    database.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    database.close();
    if ((error as { errcode?: number }).errcode === SQLITE_BUSY) return undefined;
    throw error;
  }
  return { release: () => database.close() };
}

/** Throws DATA_IN_USE. */
export function lock(file: string, waitMs = 0): FileLock {
  const held = tryLock(file, waitMs);
  if (held === undefined) throw new AppError('DATA_IN_USE', { detail: file });
  return held;
}
