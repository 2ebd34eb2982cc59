import type { z } from 'zod';

const ANSWER_MS = 5_000;

/** Throws what the server says when its status is not 200, and when the answer has another shape. */
export async function getJson<T>(url: string, schema: z.ZodType<T>): Promise<T> {
  const response = await fetch(url, { signal: AbortSignal.timeout(ANSWER_MS) });
  if (!response.ok) throw new Error(`${response.status} ${(await response.text()).slice(0, 200)}`);
  return schema.parse(await response.json());
}
