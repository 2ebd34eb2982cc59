import { migrateUp } from '@logmaster/db/migrate';
import { createRandom } from '@logmaster/sample/random';
import { whyNoLoopDisk } from '@logmaster/testkit/faults/loop-disk';
import { type Keeper, openKeeper } from '@logmaster/testkit/keeper/keeper';
import { makeCertificateAuthority } from '@logmaster/testkit/services/certificates';
import { STAND_FAULTS } from '@logmaster/testkit/soak/faults';
import { reckon } from '@logmaster/testkit/soak/reckoning';
import { createStand, type Stand } from '@logmaster/testkit/soak/stand';
import { afterAll, beforeAll, expect, test } from 'vitest';

const seed = Date.now() % 1_000_000;
const random = createRandom(seed);
/** Acknowledged records after each fault: the product works again, without a person. */
const AFTERWARDS = 100;

let keeper: Keeper;
let stand: Stand;
beforeAll(async () => {
  // So that a failure can be repeated.
  process.stdout.write(`faults with seed ${seed}\n`);
  keeper = await openKeeper('test-faults');
  const authority = await makeCertificateAuthority(keeper);
  stand = await createStand({ keeper, authority, seed, recordsPerSecond: 900, migrate: migrateUp });
});
afterAll(async () => {
  await stand?.remove();
  await keeper.close();
});

// Under load over every transport, one after the other on the same data: each begins with what the one before left.
for (const fault of STAND_FAULTS) {
  test.skipIf(fault.needsDisks && whyNoLoopDisk())(`${fault.name}: receiving goes on afterwards`, async () => {
    await stand.untilAcknowledged(AFTERWARDS);
    await fault.happen(stand, random);
    await stand.untilAcknowledged(AFTERWARDS);
  });
}

test.skipIf(whyNoLoopDisk())('the power is cut at a moment that nobody chose', async () => {
  const cut = STAND_FAULTS.find(({ name }) => name === 'the power is cut');
  for (let cuts = 0; cuts < 2; cuts++) {
    await stand.untilAcknowledged(random.int(1, 800));
    await cut?.happen(stand, random);
  }
});

test('after all of it: ledgers, identities, archive, index and evidence agree', async () => {
  await stand.untilAcknowledged(AFTERWARDS);
  const reckoned = await reckon(stand);
  expect(reckoned.flatMap(({ problems }) => problems)).toEqual([]);
});
