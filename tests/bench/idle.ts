import { setTimeout as delay } from 'node:timers/promises';
import { remove, startStack } from '@logmaster/testkit/stack';
import { say } from './ingest-under-test.ts';
import { atMost, type BenchResult, reported } from './result.ts';

/** Time for what starting left behind to be collected; nothing is asked of the system meanwhile. */
const SETTLE_SECONDS = 20;
const MIB = 2 ** 20;

/**
 * Memory of a whole `npm start` that has nothing to do: npm, launcher, supervisor, PostgreSQL, ingest, web. RSS counts
 * pages that processes share in each of them; PSS (from smaps_rollup) divides them, and is what the machine loses.
 */
export async function measureIdle(): Promise<readonly BenchResult[]> {
  say('idle memory of npm start');
  const stack = await startStack();
  try {
    await fetch(stack.url);
    await delay(SETTLE_SECONDS * 1000);
    const processes = stack.processes();
    const sum = (bytes: (each: (typeof processes)[number]) => number) =>
      processes.reduce((total, each) => total + bytes(each), 0) / MIB;
    for (const each of processes)
      say(`${(each.residentBytes / MIB).toFixed(0).padStart(5)} MiB  ${each.command.slice(0, 90)}`);
    return [
      atMost(
        `idle, RSS of ${processes.length} processes`,
        sum((each) => each.residentBytes),
        'MiB',
        800,
      ),
      reported(
        'idle, PSS',
        sum((each) => each.proportionalBytes),
        'MiB',
      ),
    ];
  } finally {
    await stack.stop();
    await remove(stack.data);
  }
}
