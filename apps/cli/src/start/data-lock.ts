import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { DataLayout } from '@logmaster/core/config/data-layout';
import { AppError } from '@logmaster/core/errors';
import type { Lifecycle } from '@logmaster/core/lifecycle';

const SQLITE_BUSY = 5;

function isBusy(error: unknown): boolean {
  return error instanceof Error && 'errcode' in error && error.errcode === SQLITE_BUSY;
}

/**
 * One LogMaster a data folder. The lock is SQLite's exclusive file lock on `run/lock.sqlite`: the kernel drops it
 * however the owner ends, so none is ever stale, and two starters can't both find it free (decision 0051). Who holds
 * it stands in `run/lock.owner`, for the message only.
 */
export function dataLock(layout: DataLayout): Lifecycle {
  const ownerFile = path.join(layout.run, 'lock.owner');
  let held: DatabaseSync | undefined;

  async function start(): Promise<void> {
    await mkdir(layout.run, { recursive: true });
    const database = new DatabaseSync(path.join(layout.run, 'lock.sqlite'));
    try {
      database.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE');
    } catch (cause) {
      database.close();
      if (!isBusy(cause)) throw cause;
      const owner = await readFile(ownerFile, 'utf8').catch(() => 'unknown');
      throw new AppError('DATA_IN_USE', {
        detail: `process ${owner.trim()} has ${layout.root}. Stop it first, or choose another folder with --data and other ports with --port-base`,
        cause,
      });
    }
    held = database;
    await writeFile(ownerFile, `${process.pid}\n`);
  }

  async function stop(): Promise<void> {
    held?.close();
    held = undefined;
  }
  return { name: 'data folder lock', start, stop };
}
