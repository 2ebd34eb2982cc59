import { openHighWaterMark } from '@logmaster/cache/high-water-mark';
import { MemoryCache } from '@logmaster/cache/memory/memory-cache';
import { AppError } from '@logmaster/core/errors';
import { type Keeper, openKeeper } from '@logmaster/testkit/keeper/keeper';
import { createPostgresCluster, type PostgresCluster } from '@logmaster/testkit/services/postgres';
import type { PostgresNode } from '@logmaster/testkit/services/postgres-node';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { type Database, openDatabase } from '../client.ts';
import { migrateUp } from '../migrate.ts';
import type { Client } from '../model-client.ts';
import { watchServer } from './watched-server.ts';

const NAME = 'logmaster';
/** Looks are a second apart. */
const SEEN = { timeout: 60_000, interval: 50 };

let keeper: Keeper;
let cluster: PostgresCluster;
let first: PostgresNode;
let second: PostgresNode;
beforeAll(async () => {
  keeper = await openKeeper('test-replicas');
  cluster = await createPostgresCluster(keeper, { replicas: 2 });
  await cluster.start();
  await cluster.createDatabase(NAME);
  await migrateUp(cluster.url(NAME));
  const [one, two] = cluster.replicas;
  if (!one || !two) throw new Error('two replicas');
  [first, second] = [one, two];
  await cluster.untilCaughtUp();
});
afterAll(() => keeper.close());
// Also when a test has failed half-way.
beforeEach(async () => {
  await Promise.all([cluster.resumeReplay(first), cluster.resumeReplay(second)]);
});

function open(urls = [first.url(NAME), second.url(NAME)], maxLagSeconds = 10): Database {
  const marks = openHighWaterMark(new MemoryCache(), { kind: 'wrote', ttlMs: 60_000 });
  const database = openDatabase({ url: cluster.url(NAME), replicas: { urls, maxLagSeconds, marks } });
  onTestFinished(() => database.close());
  return database;
}

/** Port of the server that answered. */
async function portOf(client: Client): Promise<number | undefined> {
  const [row] = await client.$queryRaw<{ port: number }[]>`SELECT inet_server_port() AS port`;
  return row?.port;
}
const readPort = (database: Database, user = 'reader') => database.fromReplica(user, portOf);
async function portsRead(database: Database, user = 'reader'): Promise<ReadonlySet<number | undefined>> {
  return new Set([await readPort(database, user), await readPort(database, user), await readPort(database, user)]);
}
const faults = (database: Database) => database.replicaStates().map(({ fault }) => fault);
const untilFaults = (database: Database, wanted: readonly (string | null)[]) =>
  vi.waitFor(() => expect(faults(database)).toEqual(wanted), SEEN);

/** A row that counts up: what a user writes and reads here. */
async function write(database: Database, user: string): Promise<void> {
  await database.primary.$executeRaw`
    INSERT INTO sign_in_throttles AS t (key, failures, last_failure) VALUES (${user}, 1, now())
    ON CONFLICT (key) DO UPDATE SET failures = t.failures + 1`;
  await database.noteWrite(user);
}
const read = (database: Database, user: string, key = user) =>
  database.fromReplica(user, async (replica) => {
    const row = await replica.signInThrottle.findUnique({ where: { key } });
    return row?.failures ?? 0;
  });

describe('reads that may lag', () => {
  let database: Database;
  beforeEach(async () => {
    database = open();
    await untilFaults(database, [null, null]);
  });

  it('go to the replicas in turn', async () => {
    expect(await portsRead(database)).toEqual(new Set([first.address.port, second.address.port]));
    expect(database.replicaStates()).toMatchObject([
      { number: 1, lagSeconds: expect.any(Number) },
      { number: 2, lagSeconds: expect.any(Number) },
    ]);
  });

  it('of a user who has just written go to the primary until a replica has it; others read on', async () => {
    await Promise.all([cluster.pauseReplay(first), cluster.pauseReplay(second)]);
    await write(database, 'ayşe');
    expect(await portsRead(database, 'ayşe')).toEqual(new Set([cluster.primary.address.port]));
    expect(await read(database, 'ayşe')).toBe(1);
    expect(await read(database, 'other', 'ayşe')).toBe(0);
    await cluster.resumeReplay(second);
    await vi.waitFor(
      async () => expect(await portsRead(database, 'ayşe')).toEqual(new Set([second.address.port])),
      SEEN,
    );
    expect(await read(database, 'ayşe')).toBe(1);
    await cluster.resumeReplay(first);
  });

  it('always show a user what he has written himself', async () => {
    const users = ['u1', 'u2'];
    const step = fc.oneof(
      { weight: 4, arbitrary: fc.record({ write: fc.constantFrom(...users) }) },
      { weight: 6, arbitrary: fc.record({ read: fc.constantFrom(...users) }) },
      { weight: 1, arbitrary: fc.record({ pause: fc.nat(1) }) },
      { weight: 1, arbitrary: fc.record({ resume: fc.nat(1) }) },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 40 }), async (steps) => {
        await database.primary.signInThrottle.deleteMany();
        const written = new Map(users.map((user) => [user, 0]));
        for (const user of users) await database.noteWrite(user);
        for (const one of steps) {
          if ('write' in one) {
            await write(database, one.write);
            written.set(one.write, (written.get(one.write) ?? 0) + 1);
          } else if ('read' in one) expect(await read(database, one.read)).toBe(written.get(one.read));
          else if ('pause' in one) await cluster.pauseReplay([first, second][one.pause] ?? first);
          else await cluster.resumeReplay([first, second][one.resume] ?? first);
        }
        await Promise.all([cluster.resumeReplay(first), cluster.resumeReplay(second)]);
      }),
      { numRuns: 15 },
    );
  });

  it('leave out a replica that dies or hangs, fail in none of these moments, and find it again', async () => {
    const other = new Set([second.address.port]);
    await first.kill();
    for (let count = 0; count < 6; count++) expect(await readPort(database)).not.toBe(first.address.port);
    await untilFaults(database, ['REPLICA_AWAY', null]);
    expect(await portsRead(database)).toEqual(other);
    await first.start();
    await untilFaults(database, [null, null]);

    await first.hang();
    for (let count = 0; count < 4; count++) expect(await readPort(database)).not.toBe(first.address.port);
    await untilFaults(database, ['REPLICA_AWAY', null]);
    await first.resume();
    await untilFaults(database, [null, null]);
  });

  it('go to the primary when no replica is left', async () => {
    await Promise.all([first.kill(), second.kill()]);
    await untilFaults(database, ['REPLICA_AWAY', 'REPLICA_AWAY']);
    expect(await portsRead(database)).toEqual(new Set([cluster.primary.address.port]));
    await Promise.all([first.start(), second.start()]);
  });

  it('say what they have found on a replica; only failures are tried again', async () => {
    let tries = 0;
    const search = database.fromReplica('reader', async () => {
      tries += 1;
      throw new AppError('NOT_FOUND');
    });
    await expect(search).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect([tries, faults(database)]).toEqual([1, [null, null]]);
  });

  it('go on while the primary is away, and a write whose place is unknown sends its user to it', async () => {
    await cluster.primary.kill();
    await database.noteWrite('unlucky');
    expect(await portsRead(database)).toEqual(new Set([first.address.port, second.address.port]));
    await expect(readPort(database, 'unlucky')).rejects.toThrow();
    await cluster.primary.start();
    await vi.waitFor(async () => expect(await readPort(database, 'unlucky')).toBe(cluster.primary.address.port), SEEN);
    await cluster.untilCaughtUp();
  });
});

describe('a replica', () => {
  it('that is too far behind is left out and told with its lag until it has caught up', async () => {
    const database = open(undefined, 1);
    await untilFaults(database, [null, null]);
    await cluster.pauseReplay(first);
    await vi.waitFor(async () => {
      await write(database, 'writer');
      expect(faults(database)).toEqual(['REPLICA_BEHIND', null]);
    }, SEEN);
    expect(database.replicaStates()[0]?.lagSeconds).toBeGreaterThan(1);
    // The other one may be late for a moment, too: it is asked again when it has caught up.
    await vi.waitFor(async () => expect(await portsRead(database)).toEqual(new Set([second.address.port])), SEEN);
    await cluster.resumeReplay(first);
    await untilFaults(database, [null, null]);
  });

  it('that nothing is written to is not late', async () => {
    const database = open(undefined, 1);
    await untilFaults(database, [null, null]);
    await cluster.untilCaughtUp();
    const until = performance.now() + 3_000;
    await vi.waitFor(() => {
      expect(faults(database)).toEqual([null, null]);
      expect(performance.now()).toBeGreaterThan(until);
    }, SEEN);
  });

  it('that is none, or of another database, is left out', async () => {
    await cluster.createDatabase('elsewhere');
    await cluster.untilCaughtUp();
    const database = open([cluster.url('elsewhere'), first.url('elsewhere'), second.url(NAME)]);
    await untilFaults(database, ['REPLICA_TAKES_WRITES', 'REPLICA_OF_ANOTHER', null]);
    expect(await portsRead(database)).toEqual(new Set([second.address.port]));
  });

  it('can be looked at by a role that may not ask for the identifier of the cluster', async () => {
    await cluster.primary.query('CREATE ROLE plain LOGIN PASSWORD $$plain$$');
    await cluster.primary.query('REVOKE EXECUTE ON FUNCTION pg_control_system FROM PUBLIC', [], NAME);
    await cluster.untilCaughtUp();
    const url = first.url(NAME).replace(/\/\/[^@]*@/, '//plain:plain@');
    const server = watchServer(url, 'test');
    expect(await server.look()).toMatchObject({ recovering: true, identity: NAME });
    await server.close();
  });
});
