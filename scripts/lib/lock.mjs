import { randomUUID } from 'node:crypto';
import { closeSync, mkdirSync, openSync, readFileSync, renameSync, unlinkSync, writeSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { CACHE } from './paths.mjs';
import { say } from './say.mjs';

function take(file) {
  try {
    const handle = openSync(file, 'wx');
    writeSync(handle, String(process.pid));
    closeSync(handle);
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  }
}

function owner(file) {
  try {
    return Number(readFileSync(file, 'utf8'));
  } catch (error) {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  }
}

/** An empty file is one whose owner is about to write its number. */
function isRunning(pid) {
  if (!pid) return true;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/** Moves a dead owner's lock aside by one rename, so that of several waiting launchers one wins. */
function removeStale(file) {
  const aside = `${file}.${randomUUID()}`;
  try {
    renameSync(file, aside);
    unlinkSync(aside);
  } catch (error) {
    if (error.code !== 'ENOENT') throw error;
  }
}

/** Runs `work` while holding a lock of this checkout: installing or building twice at once would damage both. */
export async function withLock(name, work) {
  mkdirSync(CACHE, { recursive: true });
  const file = path.join(CACHE, `${name}.lock`);
  let told = false;
  while (!take(file)) {
    const pid = owner(file);
    if (pid !== undefined && !isRunning(pid)) removeStale(file);
    else {
      if (!told) say(`Another launcher (process ${pid || '?'}) is at work in this folder; waiting for it.`);
      told = true;
      await delay(250);
    }
  }
  try {
    return await work();
  } finally {
    unlinkSync(file);
  }
}
