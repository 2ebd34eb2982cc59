import { setTimeout as delay } from 'node:timers/promises';

const POLL_MS = 50;

/**
 * Asks until the answer is true. After `ms` it rejects with `what` and the last reason: what the question threw or
 * the text it answered.
 */
export async function until(what: string, ms: number, ask: () => Promise<boolean | string>): Promise<void> {
  const deadline = Date.now() + ms;
  for (;;) {
    const answer = await ask().catch((error: unknown) => (error instanceof Error ? error : new Error(String(error))));
    if (answer === true) return;
    if (Date.now() > deadline) {
      const cause = answer instanceof Error ? answer : undefined;
      const reason = cause?.message ?? answer;
      throw new Error(`${what}${reason === false ? '' : ` (${reason})`}`, { cause });
    }
    await delay(POLL_MS);
  }
}
