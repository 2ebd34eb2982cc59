import type { BenchResult } from './result.ts';
import { measureSealing } from './seal.ts';
import { measureVerifying } from './verify.ts';

/** `npm run bench -- evidence`: what it costs to make evidence and to check it. */
export default async function run(): Promise<BenchResult[]> {
  return [...(await measureSealing()), ...(await measureVerifying())];
}
