import path from 'node:path';
import type { Micros } from '@logmaster/core/time';
import { z } from 'zod';
import { readIfPresent, replaceFile } from '../files.ts';

const floorSchema = z.strictObject({ floor_micros: z.int().nonnegative() });

function floorFile(journalFolder: string): string {
  return path.join(journalFolder, 'floor.json');
}

/**
 * The newest boundary at which segments were closed without waiting for a worker that was not alive. A worker that
 * starts stamps nothing earlier, so no record falls into a period that has been signed.
 */
export async function readFloor(journalFolder: string): Promise<Micros> {
  const bytes = await readIfPresent(floorFile(journalFolder));
  return bytes === undefined ? 0 : floorSchema.parse(JSON.parse(bytes.toString())).floor_micros;
}

export function writeFloor(journalFolder: string, floor: Micros): Promise<void> {
  return replaceFile(floorFile(journalFolder), JSON.stringify({ floor_micros: floor }));
}
