import { mkdir, readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Logger } from '@logmaster/telemetry/logger';
import type { Catalogue } from './catalogue/catalogue.ts';
import { fileFolder } from './catalogue/catalogue-schema.ts';
import { spillFolder, temporaryFolder } from './instance.ts';
import { isAlive } from './process-alive.ts';

/** Removes what processes that died have left in the index's folder. Before the first write, by the one process that writes. */
export async function removeLeftovers(indexDir: string, catalogue: Catalogue, logger: Logger): Promise<void> {
  await rm(temporaryFolder(indexDir), { recursive: true, force: true });
  await removeOrphans(indexDir, catalogue, logger);
  await removeSpills(indexDir);
}

/** Files that a crash left between rename and commit: their records are still in the journal. */
async function removeOrphans(indexDir: string, catalogue: Catalogue, logger: Logger): Promise<void> {
  const known = new Set(catalogue.knownFiles().map((file) => file.path));
  for (const name of await readdir(fileFolder(indexDir))) {
    const file = path.join(fileFolder(indexDir), name);
    if (known.has(file)) continue;
    logger.info({ file: name }, 'removed an index file that was never committed');
    await rm(file, { force: true, recursive: true });
  }
}

/** Spill folders of processes that died. */
async function removeSpills(indexDir: string): Promise<void> {
  await mkdir(spillFolder(indexDir), { recursive: true });
  for (const pid of await readdir(spillFolder(indexDir))) {
    if (!isAlive(Number(pid))) await rm(path.join(spillFolder(indexDir), pid), { force: true, recursive: true });
  }
}
