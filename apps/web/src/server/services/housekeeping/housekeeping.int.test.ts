import { systemClock } from '@logmaster/core/clock';
import { type Database, openDatabase } from '@logmaster/db/client';
import { migrateUp } from '@logmaster/db/migrate';
import { createLogger } from '@logmaster/telemetry/logger';
import { startPostgres, type TestPostgres } from '@logmaster/testkit/postgres';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { housekeeping } from './housekeeping.ts';

let server: TestPostgres;
let url: string;
let database: Database;
beforeAll(async () => {
  server = await startPostgres();
  url = await server.createDatabase();
  await migrateUp(url);
  database = openDatabase({ url });
});
afterAll(async () => {
  await database.close();
  await server.remove();
});

test('of two nodes one leads, and removes what is forgotten as soon as it does', async () => {
  const { primary } = database;
  const longAgo = new Date(Date.now() - 90 * 86_400_000);
  await primary.signInThrottle.create({ data: { key: 'user:gone', failures: 3, lastFailure: longAgo } });
  const logger = createLogger('housekeeping', 'silent');
  const nodes = ['web1', 'web2'].map((node) => housekeeping({ database, url, node, clock: systemClock, logger }));
  for (const node of nodes) await node.start();
  await expect.poll(() => primary.signInThrottle.count(), { timeout: 60_000, interval: 50 }).toBe(0);
  const leaders = await primary.$queryRaw<{ job: string; epoch: bigint }[]>`SELECT job, epoch FROM elections`;
  expect(leaders).toEqual([{ job: 'housekeeping', epoch: 1n }]);
  for (const node of nodes) await node.stop();
});
