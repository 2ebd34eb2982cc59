import type { Service } from '../services/process/service.ts';

/** One row of `status`. */
export interface PartStatus {
  readonly name: string;
  readonly state: 'ok' | 'down';
  /** Why it is not well, one sentence. */
  readonly reason?: string;
  /** Where it listens. */
  readonly address: string;
}

/** A server of the cluster, and the stage in which it starts: all of one stage start together. */
export interface Part {
  readonly stage: number;
  readonly service: Service;
}

/** A part that does not answer within this time is down. */
const ASK_MS = 8_000;

/** Asks a part one real question. */
export async function statusOf({ name, address, ready }: Service): Promise<PartStatus> {
  const where = `${address.host}:${address.port}`;
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`it does not answer within ${ASK_MS / 1000} s`)), ASK_MS);
  });
  try {
    await Promise.race([ready(), late]);
    return { name, state: 'ok', address: where };
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    return { name, state: 'down', reason: text.replace(`${name}: `, '').split('\n')[0] ?? text, address: where };
  } finally {
    clearTimeout(timer);
  }
}
