import { RedisCache } from '@logmaster/cache/redis/redis-cache';
import type { RedisSettings } from '@logmaster/core/config/redis-settings';
import { createFirstAdmin } from '@logmaster/db/bootstrap';
import { openDatabase } from '@logmaster/db/client';
import { createLogger } from '@logmaster/telemetry/logger';
import { type Gate, openGate } from '@logmaster/testkit/faults/gate';
import { type Keeper, openKeeper } from '@logmaster/testkit/keeper/keeper';
import { startPostgres, type TestPostgres } from '@logmaster/testkit/postgres';
import { createRedis, type RedisService } from '@logmaster/testkit/services/redis';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Harness, makeHarness } from '../../testing/harness.ts';
import { changePassword } from '../account/change-password.ts';
import { revokeSession } from '../account/revoke-session.ts';
import { TOUCH_MS } from './limits.ts';
import { type SessionDirectory, sessionDirectory } from './session-directory.ts';
import { signIn } from './sign-in.ts';
import { signOut } from './sign-out.ts';

const PASSWORD = 'one-time password';
const logger = createLogger('test', 'silent');
const PATIENT = { timeout: 60_000 };

/** One web node: its own connections to the database and, through a gate, to Redis. */
interface Node {
  readonly deps: Harness['deps'];
  readonly sessions: SessionDirectory;
  readonly gate: Gate;
  close(): Promise<void>;
}

let keeper: Keeper;
let redis: RedisService;
let postgres: TestPostgres;
beforeAll(async () => {
  keeper = await openKeeper('test-sessions');
  redis = await createRedis(keeper);
  [postgres] = await Promise.all([startPostgres(), redis.start()]);
});
afterAll(async () => {
  await postgres.remove();
  await keeper.close();
});

let url: string;
let harness: Harness;
let a: Node;
let b: Node;

async function startNode(name: string): Promise<Node> {
  const gate = await openGate(redis.address);
  const settings: RedisSettings = {
    target: { kind: 'server', ...gate.address },
    username: undefined,
    password: undefined,
    database: 0,
    tls: false,
    ca: undefined,
    prefix: `${url}:`,
  };
  const cache = new RedisCache({ settings, clientName: name, logger });
  await cache.start();
  const database = openDatabase({ url });
  const sessions = sessionDirectory(database, cache, harness.deps.clock);
  return {
    deps: { ...harness.deps, database, sessions },
    sessions,
    gate,
    async close() {
      await cache.stop();
      await gate.close();
      await database.close();
    },
  };
}

beforeEach(async () => {
  url = await postgres.createDatabase();
  harness = await makeHarness(url);
  await createFirstAdmin(harness.deps.database.primary, { username: 'admin', password: PASSWORD });
  [a, b] = await Promise.all([startNode('a'), startNode('b')]);
  return async () => {
    await Promise.all([a.close(), b.close()]);
    await harness.close();
  };
});

function enter(node: Node, password = PASSWORD) {
  return signIn(node.deps, { username: 'admin', password, address: '10.0.0.9', userAgent: 'test' });
}
const id = (user: { readonly sessionId: string | null }) => user.sessionId ?? '';

describe('two nodes on one Redis', () => {
  it('share an answer, so that the second does not ask the database', async () => {
    const user = await enter(a);
    expect(await a.sessions.find(id(user))).toEqual(user);
    await harness.deps.database.primary.user.updateMany({ data: { username: 'renamed' } });
    expect(await b.sessions.find(id(user))).toEqual(user);
  });

  it('see a revocation, a sign-out and a changed password of the other at their next request', async () => {
    const [mine, revoked, left, other] = [await enter(a), await enter(a), await enter(b), await enter(b)];
    for (const user of [mine, revoked, left, other]) {
      expect(await a.sessions.find(id(user))).not.toBeNull();
      expect(await b.sessions.find(id(user))).not.toBeNull();
    }
    await revokeSession(a.deps, mine, id(revoked));
    expect(await b.sessions.find(id(revoked))).toBeNull();
    await signOut(a.deps, { userId: left.id, sessionId: id(left) });
    expect(await b.sessions.find(id(left))).toBeNull();
    await changePassword(a.deps, mine, { current: PASSWORD, next: 'correct horse battery' });
    expect(await b.sessions.find(id(other))).toBeNull();
    expect(await b.sessions.find(id(mine))).toMatchObject({ mustChangePassword: false });
  });

  it('never believe what was read before a change and arrives after it', async () => {
    const user = await enter(a);
    harness.clock.now += TOUCH_MS * 1000;
    const { primary } = harness.deps.database;
    const reading = await primary.$transaction(async (blocker) => {
      await blocker.$queryRaw`SELECT 1 FROM sessions WHERE id = ${id(user)}::uuid FOR UPDATE`;
      // B reads the row and is held up at its note of the use; A changes what B has read; then B goes on.
      const began = b.sessions.find(id(user));
      await vi.waitFor(async () => {
        const held = await primary.$queryRaw`SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock'`;
        expect(held).toHaveLength(1);
      }, PATIENT);
      await a.deps.database.primary.user.updateMany({ data: { mustChangePassword: false } });
      await a.sessions.forget([id(user)]);
      return { began };
    });
    expect(await reading.began).toMatchObject({ mustChangePassword: true });

    expect(await b.sessions.find(id(user))).toMatchObject({ mustChangePassword: false });
    expect(await a.sessions.find(id(user))).toMatchObject({ mustChangePassword: false });
  });

  it('agree that a session has ended once its revocation has returned, however many requests it meets', async () => {
    const mine = await enter(a);
    for (let round = 0; round < 25; round++) {
      const victim = await enter(b);
      harness.clock.now += TOUCH_MS * 1000;
      const requests = [a, b, a, b, b].map(({ sessions }) => sessions.find(id(victim)));
      await revokeSession(a.deps, mine, id(victim));
      expect(await Promise.all([a.sessions.find(id(victim)), b.sessions.find(id(victim))])).toEqual([null, null]);
      await Promise.all(requests);
      expect(await b.sessions.find(id(victim))).toBeNull();
    }
  });

  it('note the use of a session once a minute between them', async () => {
    const user = await enter(a);
    const lastSeen = async () => {
      const row = await harness.deps.database.primary.session.findUniqueOrThrow({ where: { id: id(user) } });
      return row.lastSeenAt.getTime() - Date.parse('2026-11-23T12:00:00Z');
    };
    await redis.kill();
    harness.clock.now += TOUCH_MS * 1000;
    await Promise.all([a, b, a, b].map(({ sessions }) => sessions.find(id(user))));
    harness.clock.now += (TOUCH_MS - 1) * 1000;
    await Promise.all([a, b].map(({ sessions }) => sessions.find(id(user))));
    expect(await lastSeen()).toBe(TOUCH_MS);
    harness.clock.now += 1000;
    await b.sessions.find(id(user));
    expect(await lastSeen()).toBe(2 * TOUCH_MS);
    await redis.start();
  });
});

describe('with Redis away', () => {
  it('sessions come from the database within the same request, and a revocation bites at once', async () => {
    const [mine, other] = [await enter(a), await enter(b)];
    await b.sessions.find(id(other));
    await redis.kill();
    expect(await b.sessions.find(id(other))).toEqual(other);
    await revokeSession(a.deps, mine, id(other));
    expect(await b.sessions.find(id(other))).toBeNull();
    await redis.start();
    await vi.waitFor(async () => {
      expect(await b.sessions.find(id(mine))).toEqual(mine);
      expect(await b.sessions.find(id(other))).toBeNull();
    }, PATIENT);
  });

  it('a hung Redis delays a request a little and fails none', async () => {
    const user = await enter(a);
    await redis.hang();
    expect(await a.sessions.find(id(user))).toEqual(user);
    expect(await a.sessions.find(id(user))).toEqual(user);
    await redis.resume();
  });

  it('from one node alone, its revocation bites on the other when the answer’s time is over', async () => {
    const [mine, other] = [await enter(a), await enter(b)];
    expect(await b.sessions.find(id(other))).toEqual(other);
    await a.gate.cut();
    await revokeSession(a.deps, mine, id(other));
    expect(await a.sessions.find(id(other))).toBeNull();
    await vi.waitFor(async () => expect(await b.sessions.find(id(other))).toBeNull(), PATIENT);
  });
});
