import { NO_COVERAGE } from '@logmaster/core/coverage/counts';
import { MICROS_PER_HOUR } from '@logmaster/core/coverage/window';
import { createFirstAdmin } from '@logmaster/db/bootstrap';
import { openCoverageDirectory } from '@logmaster/db/coverage/coverage-directory';
import { openDeviceDirectory } from '@logmaster/db/device-directory';
import { withTokensOf } from '@logmaster/db/tokens';
import { makeBatch, makeEvent } from '@logmaster/search/conformance/events';
import { openDuckDbWriter } from '@logmaster/search/open';
import { TRPCError } from '@trpc/server';
import { expect } from 'vitest';
import { appRouter } from '../router.ts';
import { setDependencies } from '../running.ts';
import { signIn } from '../services/session/sign-in.ts';
import { shownError } from '../shown-error.ts';
import { type Harness, makeHarness } from './harness.ts';

const PASSWORD = 'one-time password';
/** All events of the rig are in it. */
export const RANGE = { from: '2026-11-22T09:00:00Z', to: '2026-11-22T10:00:00Z' };

export type Caller = ReturnType<typeof appRouter.createCaller>;

/** A server of the test's own. */
interface DatabaseServer {
  createDatabase(): Promise<string>;
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** The router and the REST routes on one database with an admin, one device with its coverage, and ten events. */
export class RouterRig {
  readonly server: DatabaseServer;
  readonly harness: Harness;
  /** Of an API token that reads. */
  readonly token: string;
  /** The admin's. */
  readonly caller: Caller;

  private constructor(server: DatabaseServer, harness: Harness, token: string, caller: Caller) {
    this.server = server;
    this.harness = harness;
    this.token = token;
    this.caller = caller;
  }

  static async start(server: DatabaseServer): Promise<RouterRig> {
    const url = await server.createDatabase();
    const harness = await makeHarness(url);
    setDependencies(harness.deps);
    const { primary } = harness.deps.database;
    await createFirstAdmin(primary, { username: 'admin', password: PASSWORD });
    await primary.user.updateMany({ data: { mustChangePassword: false } });
    await reportDevice(url);
    await reportCoverage(url, harness.clock.now);
    const token = await withTokensOf(url, 'admin', ({ create }) =>
      create({ name: 'test', scopes: ['read'], siteId: null }),
    );
    await writeEvents(harness);
    return new RouterRig(server, harness, token, await callerOf(harness, false));
  }

  /** The admin, who must change the password. */
  fresh(): Promise<Caller> {
    return callerOf(this.harness, true);
  }

  request(path: string, bearer: string | null = this.token): Request {
    const headers = bearer === null ? undefined : { authorization: `Bearer ${bearer}` };
    return new Request(`http://127.0.0.1${path}`, headers && { headers });
  }

  close(): Promise<void> {
    return this.harness.close();
  }
}

async function callerOf(harness: Harness, mustChangePassword: boolean): Promise<Caller> {
  const user = await signIn(harness.deps, {
    username: 'admin',
    password: PASSWORD,
    address: '10.0.0.9',
    userAgent: 't',
  });
  const session = { ...user, mustChangePassword };
  return appRouter.createCaller({ deps: harness.deps, session, requestId: 'r' });
}

async function reportDevice(url: string): Promise<void> {
  const directory = openDeviceDirectory({ url });
  await directory.report([
    {
      address: '10.0.0.1',
      records: 3,
      firstSeen: 1e15,
      lastSeen: 2e15,
      vendor: 'Cisco',
      product: 'ASA',
      hostname: 'IZMIR-fw',
      clockSkew: 90_000_000,
    },
  ]);
  await directory.close();
}

/** A day of what is usual, then an hour of something else. */
async function reportCoverage(url: string, now: number): Promise<void> {
  const directory = openCoverageDirectory({ url });
  const window = (hoursAgo: number, ok: number) => {
    const patterns = [{ pattern: 'fan * failed', count: 1000 - ok, sample: 'node1.0.1.1' }];
    const counts = { ...NO_COVERAGE, ok, raw: 1000 - ok, fields: ['source.ip'], patterns };
    return { deviceId: undefined, address: '10.0.0.1', hour: now - hoursAgo * MICROS_PER_HOUR, counts };
  };
  await directory.reportCoverage(
    Array.from({ length: 24 }, (_, index) => window(index + 3, 990)),
    now,
  );
  await directory.reportCoverage([window(0, 400)], now);
  await directory.close();
}

async function writeEvents({ deps: { layout, logger } }: Harness): Promise<void> {
  const writer = openDuckDbWriter({ indexDir: layout.index, memoryMb: 128, threads: 1, logger });
  await writer.start();
  await writer.write(makeBatch(storedEvents(), 0));
  await writer.stop();
}

export function storedEvents() {
  const denied = { 'event.type': 'denied', 'source.ip': '10.0.0.7', labels: { policy: 'lan' } };
  return Array.from({ length: 10 }, (_, index) => makeEvent(index, index % 2 ? denied : { 'event.type': 'allowed' }));
}

/** The code that the browser would see. */
export async function codeOf(call: Promise<unknown>): Promise<string> {
  return call.then(
    () => 'ok',
    (error) => (error instanceof TRPCError ? shownError(error).code : `not a TRPCError: ${error}`),
  );
}

/** The problem document of an answer, which tells nothing of what is inside. */
export async function problemOf(response: Response) {
  expect(response.headers.get('content-type')).toBe('application/problem+json');
  const problem = await response.json();
  expect(problem.status).toBe(response.status);
  expect(problem.request_id).toBe(response.headers.get('x-request-id'));
  expect(JSON.stringify(problem)).not.toMatch(/\bat .*:\d+|node_modules|postgres/);
  return problem;
}
