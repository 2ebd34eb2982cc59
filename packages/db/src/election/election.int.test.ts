import { type ChildProcess, spawn } from 'node:child_process';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { startPostgres, type TestPostgres } from '@logmaster/testkit/postgres';
import { Client } from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { openDatabase } from '../client.ts';
import { removeForgotten } from '../housekeeping.ts';
import { migrateUp } from '../migrate.ts';
import { Election } from './election.ts';

let server: TestPostgres;
let url: string;
let children: ChildProcess[] = [];
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server.remove());
beforeEach(async () => {
  url = await server.createDatabase();
  await migrateUp(url);
});
afterEach(() => {
  for (const child of children) child.kill('SIGKILL');
  children = [];
});

const JOB = { job: 'housekeeping', lookMs: 200, silentMs: 5000 };
const eventually = <T>(read: () => T) => expect.poll(read, { timeout: 60_000, interval: 50 });

/** A candidate in a process of its own, and what it has said. */
function candidate(node: string) {
  const script = path.join(import.meta.dirname, '..', 'testing', 'candidate.ts');
  const child = spawn(process.execPath, [script, JSON.stringify({ ...JOB, url, node })], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  children.push(child);
  const said: Record<string, unknown>[] = [];
  createInterface({ input: child.stdout }).on('line', (line) => said.push(JSON.parse(line)));
  return { child, said, write: () => child.stdin.write('write\n') };
}

test('a leader that hangs is followed by another with a higher epoch, and what it still writes is refused', async () => {
  const first = candidate('web1');
  await eventually(() => first.said).toEqual([{ leads: 1 }]);
  const second = candidate('web2');
  first.write();
  await eventually(() => first.said).toEqual([{ leads: 1 }, { wrote: 1 }]);
  expect(second.said).toEqual([]);

  first.child.kill('SIGSTOP');
  await eventually(() => second.said).toEqual([{ leads: 2 }]);
  second.write();
  await eventually(() => second.said.at(-1)).toEqual({ wrote: 2 });
  // It wakes up and believes that it leads.
  first.write();
  first.child.kill('SIGCONT');
  await eventually(() => first.said).toContainEqual({ refused: 'CONFLICT' });
  await eventually(() => first.said).toContainEqual({ leads: null });
  expect(first.said).not.toContainEqual({ wrote: 2 });

  // The second dies: the first leads again, under an epoch of its own.
  second.child.kill('SIGKILL');
  await eventually(() => first.said.at(-1)).toEqual({ leads: 3 });
});

test('who loses the connection of the lock no longer leads, and may win again', async () => {
  const changes: (bigint | undefined)[] = [];
  const election = new Election({ ...JOB, url, node: 'web1', onChange: (now) => changes.push(now?.epoch) });
  const database = openDatabase({ url });
  const admin = new Client({ connectionString: url });
  await admin.connect();
  await election.start();
  try {
    await eventually(() => election.leadership?.epoch).toBe(1n);
    const old = election.leadership;
    await admin.query(
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name LIKE '% election %'",
    );
    await eventually(() => changes).toEqual([1n, undefined, 2n]);
    const longAgo = { endedBefore: new Date(0), forgetBefore: new Date(0), coverageBefore: new Date(0) };
    if (old === undefined || election.leadership === undefined) throw new Error('nobody led');
    await expect(removeForgotten(database.primary, old, longAgo)).rejects.toMatchObject({ code: 'CONFLICT' });
    expect(await removeForgotten(database.primary, election.leadership, longAgo)).toEqual({
      sessions: 0,
      throttles: 0,
      coverage: 0,
      identityRequests: 0,
    });
  } finally {
    await election.stop();
    await admin.end();
    await database.close();
  }
  expect(election.leadership).toBeUndefined();
});

test('the leader removes ended sessions and forgotten failures, of everybody, and nothing else', async () => {
  const database = openDatabase({ url });
  const { primary } = database;
  const now = Date.now();
  const at = (days: number) => new Date(now + days * 86_400_000);
  const user = await primary.user.create({ data: { username: 'ada', usernameKey: 'ada', passwordHash: 'x' } });
  const session = { userId: user.id, address: '127.0.0.1', userAgent: 'test' };
  await primary.session.createMany({
    data: [
      { ...session, expiresAt: at(-40) },
      { ...session, expiresAt: at(-1) },
      { ...session, expiresAt: at(1) },
    ],
  });
  await primary.signInThrottle.createMany({
    data: [
      { key: 'user:old', failures: 3, lastFailure: at(-2) },
      { key: 'user:new', failures: 3, lastFailure: at(0) },
    ],
  });
  const seen = { firstSeen: at(-50), lastSeen: at(0) };
  const device = await primary.device.create({ data: { address: '10.0.0.1', name: 'fw', ...seen } });
  const hour = { deviceId: device.id, ok: 1, partial: 0, failed: 0, raw: 0, detail: {} };
  await primary.deviceCoverage.createMany({ data: [-36, -34].map((days) => ({ ...hour, hour: at(days) })) });
  const election = new Election({ ...JOB, url, node: 'web1' });
  await election.start();
  await eventually(() => election.leadership).toBeDefined();
  const { leadership } = election;
  if (leadership === undefined) throw new Error('nobody leads');
  const limits = { endedBefore: at(-30), forgetBefore: at(-1), coverageBefore: at(-35) };
  expect(await removeForgotten(primary, leadership, limits)).toEqual({
    sessions: 1,
    throttles: 1,
    coverage: 1,
    identityRequests: 0,
  });
  expect(await primary.session.count()).toBe(2);
  expect(await primary.signInThrottle.findMany({ select: { key: true } })).toEqual([{ key: 'user:new' }]);
  await election.stop();
  await database.close();
});
