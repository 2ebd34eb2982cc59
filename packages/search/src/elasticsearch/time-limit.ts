import { AppError } from '@logmaster/core/errors';
import type { CallOptions } from '../store.ts';
import { explainFailure, isTooCostly } from './failures.ts';

/**
 * Runs a search that its asker can cancel and that ends after `limitMs`. Closing the connection is what makes
 * Elasticsearch stop the search's task. Whatever it throws comes out as an AppError.
 */
export async function withTimeLimit<T>(
  { signal }: CallOptions,
  limitMs: number,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  let ended: AppError | undefined;
  const end = (reason: AppError) => {
    ended ??= reason;
    controller.abort();
  };
  const cancel = () => end(new AppError('SEARCH_CANCELLED'));
  if (signal?.aborted) throw new AppError('SEARCH_CANCELLED');
  signal?.addEventListener('abort', cancel, { once: true });
  const detail = `stopped after ${limitMs / 1000} s; narrow the time range or the query`;
  const timer = setTimeout(() => end(new AppError('SEARCH_TIMEOUT', { detail })), limitMs);
  try {
    const result = await work(controller.signal);
    if (ended) throw ended;
    return result;
  } catch (cause) {
    if (ended) throw ended;
    if (!isTooCostly(cause)) throw explainFailure(cause);
    throw new AppError('INVALID_INPUT', { detail: 'the query has too many parts for the search engine', cause });
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', cancel);
  }
}
