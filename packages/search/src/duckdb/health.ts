import { stat } from 'node:fs/promises';
import type { PartHealth } from '@logmaster/core/api/health';
import type { KnownFile } from './catalogue/snapshot.ts';

/** Compares the files on disk with what the catalogue says: existence and size. Contents are checked when read. */
export async function fileHealth(name: string, files: readonly KnownFile[]): Promise<PartHealth> {
  const damaged: string[] = [];
  for (const file of files) {
    if (!file.live) continue;
    const size = await stat(file.path).then(
      (found) => found.size,
      () => -1,
    );
    if (size !== file.bytes) damaged.push(file.path);
  }
  if (damaged.length === 0) return { name, state: 'ok' };
  const more = damaged.length > 1 ? ` and ${damaged.length - 1} more` : '';
  return { name, state: 'degraded', reason: `index file ${damaged[0]}${more} missing or damaged; rebuild the index` };
}
