/**
 * A candidate of an election in a process of its own, for tests that stop and cut it off. Options are JSON in argv[2];
 * each change is a JSON line on stdout, and each line on stdin has it write under the leadership it had last.
 */
import { createInterface } from 'node:readline';
import { toAppError } from '@logmaster/core/errors';
import { openDatabase } from '../client.ts';
import { Election, type ElectionOptions, type Leadership } from '../election/election.ts';
import { removeForgotten } from '../housekeeping.ts';

const options = JSON.parse(process.argv[2] ?? '{}') as ElectionOptions;
const say = (line: object) => process.stdout.write(`${JSON.stringify(line)}\n`);
const { primary } = openDatabase({ url: options.url });
let last: Leadership | undefined;

const election = new Election({
  ...options,
  onChange(leadership) {
    last = leadership ?? last;
    say({ leads: leadership === undefined ? null : Number(leadership.epoch) });
  },
});
await election.start();
for await (const _ of createInterface({ input: process.stdin })) {
  const longAgo = new Date(0);
  const limits = { endedBefore: longAgo, forgetBefore: longAgo, coverageBefore: longAgo };
  const leadership = last ?? { job: options.job, epoch: 0n };
  await removeForgotten(primary, leadership, limits).then(
    () => say({ wrote: Number(leadership.epoch) }),
    (error: unknown) => say({ refused: toAppError(error).code }),
  );
}
process.exit(0);
