import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { isMissing } from '../files.ts';

/** `<node>.<worker>`: the folder name of one worker's journal and the stream's name in the index. */
export function streamName(node: string, worker: string): string {
  return `${node}.${worker}`;
}

/** 10 digits, so that names sort as numbers do. */
export function journalFileName(journal: number): string {
  return `${String(journal).padStart(10, '0')}.lmj`;
}

/** Held by the worker that writes the stream; free when none lives. */
export function writerLockFile(folder: string): string {
  return path.join(folder, 'writer.lock');
}

/** Names of all streams under the journal folder, sorted. */
export async function listStreams(journalFolder: string): Promise<string[]> {
  const entries = await readdir(journalFolder, { withFileTypes: true }).catch((error: unknown) => {
    if (isMissing(error)) return [];
    throw error;
  });
  return entries
    .filter((entry) => entry.isDirectory() && /^[a-z0-9-]{1,40}\.[a-z0-9-]{1,40}$/.test(entry.name))
    .map((entry) => entry.name)
    .sort();
}

/** Numbers of the journal files in a stream's folder, ascending. */
export async function listJournals(folder: string): Promise<number[]> {
  const names = await readdir(folder).catch((error: unknown) => {
    if (isMissing(error)) return [];
    throw error;
  });
  return names
    .map((name) => /^(\d{10})\.lmj$/.exec(name)?.[1])
    .filter((digits) => digits !== undefined)
    .map(Number)
    .sort((a, b) => a - b);
}
