import { open, rename } from 'node:fs/promises';
import path from 'node:path';

async function sync(target: string): Promise<void> {
  const handle = await open(target, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Gives a finished file its name so that after a power cut it is whole or not there. Same file system. */
export async function publish(temporary: string, final: string): Promise<void> {
  await sync(temporary);
  await rename(temporary, final);
  await sync(path.dirname(final));
}
