import { parseArgs } from 'node:util';
import { migrateUp } from '@logmaster/db/migrate';
import { createRandom } from '@logmaster/sample/random';
import { whyNoLoopDisk } from '@logmaster/testkit/faults/loop-disk';
import { openKeeper } from '@logmaster/testkit/keeper/keeper';
import { makeCertificateAuthority } from '@logmaster/testkit/services/certificates';
import { STAND_FAULTS } from '@logmaster/testkit/soak/faults';
import { type Reckoned, reckon } from '@logmaster/testkit/soak/reckoning';
import { createStand } from '@logmaster/testkit/soak/stand';
import type { BenchResult } from '../bench/result.ts';

const MS_PER_MINUTE = 60_000;
/** Acknowledged after a fault before the next one comes: more than what waits in windows. */
const BETWEEN = 200;

const say = (text: string) => process.stderr.write(`  ${text}\n`);

function resultOf({ name, value, unit, holds }: Reckoned): BenchResult {
  return { name, value, unit, goal: null, holds };
}

function optionsOf(args: string[]): { minutes: number; seed: number; rate: number } {
  const number = { type: 'string' } as const;
  const { values } = parseArgs({ args, options: { minutes: number, seed: number, rate: number } });
  const positive = (name: keyof typeof values, otherwise: number) => {
    const value = Number(values[name] ?? otherwise);
    if (!(value > 0)) throw new RangeError(`--${name} wants a number above 0`);
    return value;
  };
  return {
    minutes: positive('minutes', 5),
    seed: positive('seed', Date.now() % 1_000_000),
    rate: positive('rate', 2000),
  };
}

/** `npm run soak`: faults at random under load, then the reckoning. A module of the benches' runner. */
export default async function run(args: string[]): Promise<BenchResult[]> {
  const { minutes, seed, rate } = optionsOf(args);
  const lacking = whyNoLoopDisk();
  say(`seed ${seed}, ${minutes} minutes, ${rate} records/s${lacking ? `; no faults of disks: ${lacking}` : ''}`);
  const faults = STAND_FAULTS.filter(({ needsDisks }) => !needsDisks || lacking === undefined);
  const random = createRandom(seed);
  const keeper = await openKeeper('soak');
  try {
    const authority = await makeCertificateAuthority(keeper);
    // Raw, index and archive of the whole run, and as much again for what is on its way.
    const diskBytes = Math.max(256, Math.ceil((minutes * 60 * rate * 2000) / 2 ** 20)) * 2 ** 20;
    const stand = await createStand({ keeper, authority, seed, recordsPerSecond: rate, diskBytes, migrate: migrateUp });
    try {
      const counts = new Map<string, number>();
      const end = Date.now() + minutes * MS_PER_MINUTE;
      while (Date.now() < end) {
        await stand.untilAcknowledged(random.int(1, BETWEEN * 10));
        const fault = random.pick(faults);
        say(`${new Date().toISOString()} ${stand.handed()} records sent; ${fault.name}`);
        await fault.happen(stand, random);
        await stand.untilAcknowledged(BETWEEN);
        counts.set(fault.name, (counts.get(fault.name) ?? 0) + 1);
      }
      say('the end: everything is worked off and counted');
      const reckoned = await reckon(stand);
      for (const problem of reckoned.flatMap(({ problems }) => problems)) say(problem);
      const happened = [...counts].map(([name, value]) => ({ name, value, unit: 'times', goal: null, holds: null }));
      return [...happened, ...reckoned.map(resultOf)];
    } finally {
      await stand.remove();
    }
  } finally {
    await keeper.close();
  }
}
