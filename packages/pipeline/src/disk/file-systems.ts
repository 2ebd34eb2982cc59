import { stat, statfs } from 'node:fs/promises';
import path from 'node:path';
import type { DiskContent } from '@logmaster/core/api/disk';
import { isMissing } from '../files.ts';

export interface FileSystem {
  /** Device number of the kernel. */
  readonly device: number;
  readonly holds: readonly DiskContent[];
  /** The first of its folders. */
  readonly folder: string;
  readonly sizeBytes: number;
  /** What is free to others than root. */
  readonly freeBytes: number;
}

export type DiskFolders = Readonly<Partial<Record<DiskContent, string>>>;

/** The file systems under these folders, each once. A folder that is not there yet will be where its parent is. */
export async function readFileSystems(folders: DiskFolders): Promise<FileSystem[]> {
  const found = new Map<number, FileSystem>();
  for (const [content, folder] of Object.entries(folders) as [DiskContent, string][]) {
    const existing = await nearest(folder);
    const { dev: device } = await stat(existing);
    const known = found.get(device);
    if (known !== undefined) {
      found.set(device, { ...known, holds: [...known.holds, content] });
      continue;
    }
    const { bsize, blocks, bavail } = await statfs(existing);
    const sizes = { sizeBytes: blocks * bsize, freeBytes: bavail * bsize };
    found.set(device, { device, holds: [content], folder: existing, ...sizes });
  }
  return [...found.values()];
}

async function nearest(folder: string): Promise<string> {
  for (let at = path.resolve(folder); ; at = path.dirname(at)) {
    try {
      await stat(at);
      return at;
    } catch (error) {
      if (!isMissing(error) || at === path.dirname(at)) throw error;
    }
  }
}
