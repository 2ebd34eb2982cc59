import { open } from 'node:fs/promises';
import path from 'node:path';
import type { Micros } from '@logmaster/core/time';
import { readAt } from '../files.ts';
import { decodeFileHeader, FILE_HEADER_BYTES } from './format.ts';
import { findHeader, type ScanFile, scanBlock } from './scan.ts';
import { journalFileName, listJournals } from './streams.ts';

export interface FolderState {
  /** Number of the next file: one more than the newest. Numbers are never used twice. */
  readonly nextJournal: number;
  /** Newest stamp in the stream, 0 when it has none. */
  readonly lastMicros: Micros;
  /** Bytes of torn tail that were cut. */
  readonly cutBytes: number;
}

/**
 * Prepares a stream's folder for a new writer: finds the next file number and the newest stamp, and cuts the newest
 * file at its last whole block. Files without any whole block are passed over on the way to the newest stamp.
 */
export async function prepareFolder(folder: string): Promise<FolderState> {
  const journals = await listJournals(folder);
  let lastMicros = 0;
  let cutBytes = 0;
  for (const [index, journal] of journals.toReversed().entries()) {
    const found = await lastBlock(path.join(folder, journalFileName(journal)), journal, index === 0);
    cutBytes += found.cutBytes;
    lastMicros = found.lastMicros;
    if (lastMicros > 0) break;
  }
  return { nextJournal: (journals.at(-1) ?? 0) + 1, lastMicros, cutBytes };
}

async function lastBlock(
  name: string,
  journal: number,
  cut: boolean,
): Promise<{ lastMicros: Micros; cutBytes: number }> {
  const handle = await open(name, 'r+');
  try {
    const { size } = await handle.stat();
    const header = decodeFileHeader(await readAt(handle, 0, FILE_HEADER_BYTES));
    if (header === undefined) return { lastMicros: 0, cutBytes: 0 };
    // At most one file of rotation size: read whole.
    const body = await readAt(handle, FILE_HEADER_BYTES, size - FILE_HEADER_BYTES);
    const tail = lastWholeBlock(body, { journal, salt: header.salt });
    const end = FILE_HEADER_BYTES + tail.end;
    if (!cut) return { lastMicros: tail.lastMicros, cutBytes: 0 };
    if (end < size) await handle.truncate(end);
    // What a writer wrote and did not live to sync is counted as journaled from now on.
    await handle.sync();
    return { lastMicros: tail.lastMicros, cutBytes: size - end };
  } finally {
    await handle.close();
  }
}

function lastWholeBlock(body: Buffer, file: ScanFile): { end: number; lastMicros: Micros } {
  let at = 0;
  let found = { end: 0, lastMicros: 0 };
  while (at >= 0 && at < body.length) {
    const result = scanBlock(body, at, FILE_HEADER_BYTES, file);
    if (result.kind === 'block') {
      found = { end: result.end, lastMicros: Math.max(found.lastMicros, result.block.lastMicros) };
      at = result.end;
    } else if (result.kind === 'damaged') {
      at = result.next ?? findHeader(body, at + 1, file);
    } else break;
  }
  return found;
}
