import { setTimeout as delay } from 'node:timers/promises';

export interface RememberedOptions<T> {
  /** Does not reject. */
  readonly work: () => Promise<T>;
  /** What is answered when it takes longer than `timeoutMs`. */
  readonly late: T;
  readonly timeoutMs: number;
  /** How long an answer is given to others, from when it was there. */
  readonly believedMs: number;
}

/** Work that runs once at a time for all who ask, in bounded time, and whose answer is good for a while. */
export function remembered<T>({ work, late, timeoutMs, believedMs }: RememberedOptions<T>): () => Promise<T> {
  let running: Promise<T> | undefined;
  let last: { readonly answer: T; readonly until: number } | undefined;

  async function run(): Promise<T> {
    const answer = await work();
    last = { answer, until: performance.now() + believedMs };
    running = undefined;
    return answer;
  }
  return () => {
    if (last && last.until > performance.now()) return Promise.resolve(last.answer);
    running ??= run();
    const ended = new AbortController();
    const limit = delay(timeoutMs, late, { ref: false, signal: ended.signal }).catch(() => late);
    return Promise.race([running, limit]).finally(() => ended.abort());
  };
}
