import { stat } from 'node:fs/promises';
import { AppError } from '@logmaster/core/errors';
import type { IndexFile } from './catalogue/snapshot.ts';

/** An engine failure in words. A damaged file fails the searches that need it: a count without it would be wrong. */
export async function explainFailure(cause: unknown, files: readonly IndexFile[]): Promise<AppError> {
  if (cause instanceof AppError) return cause;
  const text = cause instanceof Error ? cause.message : String(cause);
  for (const { path } of files) {
    const missing = await stat(path).then(
      ({ size }) => size === 0,
      () => true,
    );
    if (missing || text.includes(path)) {
      return new AppError('SEARCH_UNAVAILABLE', {
        detail: `the index file ${path} is missing or damaged; rebuild the index`,
        cause,
      });
    }
  }
  if (/^Out of Memory/i.test(text)) {
    return new AppError('SEARCH_UNAVAILABLE', {
      detail: 'the search needs more memory than it may use; narrow it',
      cause,
    });
  }
  return new AppError('SEARCH_UNAVAILABLE', { detail: 'the search engine failed', cause });
}

/** Records are out of the index, and the asker did not say how it would hear of it. */
export function incomplete(days: readonly string[]): AppError {
  return new AppError('SEARCH_INCOMPLETE', { detail: `records received on ${days.join(', ')}`, data: { days } });
}
