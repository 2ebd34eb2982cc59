// `npm run fuzz -- [--seconds N] [--seed S]`: breaks the fixtures of all vendors at random until the time is over. Exit code 1
// with the record (base64) and the seed when an event is unsound, a parser throws, or a record takes longer than its length allows.
import { parseArgs } from 'node:util';
import { FIXTURE_CONTEXT, FIXTURE_FOLDERS, readFixtures } from '../src/testing/fixtures.ts';
import { mutate, seededRandom } from '../src/testing/mutations.ts';
import { BothWays } from '../src/testing/soundness.ts';

const { values } = parseArgs({ options: { seconds: { type: 'string', default: '60' }, seed: { type: 'string' } } });
const seconds = Number(values.seconds);
const seed = Number(values.seed ?? Math.floor(Math.random() * 2 ** 31));
if (!(seconds > 0) || !Number.isSafeInteger(seed)) throw new Error('fuzz [--seconds N] [--seed S]');

/** A record of 64 KiB takes some ms to parse both ways and to check; a second is a repetition gone wrong. */
const MOST_MS = 1000;

const records = FIXTURE_FOLDERS.flatMap(readFixtures);
const random = seededRandom(seed);
const parser = new BothWays();
const ends = performance.now() + seconds * 1000;
let tried = 0;
let slowest = { ms: 0, bytes: 0 };

function failed(reason: string, raw: Buffer): never {
  console.error(`seed ${seed}, record ${tried}: ${reason}\n${raw.toString('base64')}`);
  process.exit(1);
}

while (performance.now() < ends) {
  const raw = mutate(records[Math.floor(random() * records.length)] as Buffer, random);
  tried++;
  const began = performance.now();
  let fault: string | undefined;
  try {
    fault = parser.check(raw, FIXTURE_CONTEXT);
  } catch (error) {
    failed(error instanceof Error ? (error.stack ?? error.message) : String(error), raw);
  }
  if (fault !== undefined) failed(fault, raw);
  let ms = performance.now() - began;
  if (ms > slowest.ms && ms > MOST_MS) {
    // The machine may have been busy: the same again, on its own.
    const again = performance.now();
    parser.check(raw, FIXTURE_CONTEXT);
    ms = performance.now() - again;
    if (ms > MOST_MS) failed(`it takes ${Math.round(ms)} ms`, raw);
  }
  if (ms > slowest.ms) slowest = { ms, bytes: raw.length };
}
console.log(
  `${tried} broken records of ${FIXTURE_FOLDERS.length} folders, seed ${seed}: all sound; the slowest took ${slowest.ms.toFixed(1)} ms (${slowest.bytes} bytes)`,
);
