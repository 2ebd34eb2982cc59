import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as wait } from 'node:timers/promises';
import { AppError } from '@logmaster/core/errors';

/**
 * An exclusive lock that the kernel gives back when its holder dies, also by SIGKILL. Node has no flock; SQLite takes
 * an fcntl lock on the file and keeps it while the transaction is open.
 */
export interface FileLock {
  release(): void;
}

const SQLITE_BUSY = 5;
const LOOK_AGAIN_MS = 100;

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
  return expectHeld(tryLock(file, waitMs), file);
}

/** The same for longer waits: the process goes on meanwhile. A killed holder's successor finds it free at once. */
export async function lockWithin(file: string, waitMs: number): Promise<FileLock> {
  const deadline = performance.now() + waitMs;
  let held = tryLock(file);
  while (held === undefined && performance.now() < deadline) {
    await wait(LOOK_AGAIN_MS);
    held = tryLock(file);
  }
  return expectHeld(held, file);
}

function expectHeld(held: FileLock | undefined, file: string): FileLock {
  if (held === undefined) throw new AppError('DATA_IN_USE', { detail: file });
  return held;
}
