import { AppError } from '@logmaster/core/errors';
import type { z } from 'zod';
import type { Dependencies } from '../../dependencies.ts';

const TIMEOUT_MS = 3_000;

/** Asks the ingest sidecar. INGEST_UNAVAILABLE when it does not answer, or not what was agreed. */
export async function askIngest<T extends z.ZodType>(
  { ingestUrl }: Pick<Dependencies, 'ingestUrl'>,
  path: '/health' | '/pipeline',
  schema: T,
): Promise<z.infer<T>> {
  try {
    const response = await fetch(new URL(path, ingestUrl), { signal: AbortSignal.timeout(TIMEOUT_MS) });
    return schema.parse(await response.json());
  } catch (cause) {
    throw new AppError('INGEST_UNAVAILABLE', { cause });
  }
}
