import { type Micros, microsToRfc3339 } from '@logmaster/core/time';
import { z } from 'zod';
import { readIfPresent, replaceFile } from '../files.ts';

const tokenSchema = z.strictObject({ sha256: z.string(), at: z.string() });

/** SHA-256 of the node's newest time-stamp token, which the next manifests name. The sealer writes it. */
export async function readNewestToken(file: string): Promise<string | null> {
  const bytes = await readIfPresent(file);
  return bytes === undefined ? null : tokenSchema.parse(JSON.parse(bytes.toString())).sha256;
}

export function writeNewestToken(file: string, sha256: string, now: Micros): Promise<void> {
  return replaceFile(file, JSON.stringify({ sha256, at: microsToRfc3339(now) }));
}
