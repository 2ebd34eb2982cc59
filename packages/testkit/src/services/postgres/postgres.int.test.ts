import { existsSync } from 'node:fs';
import { Client } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fillDisk } from '../../faults/full-disk.ts';
import { openGate } from '../../faults/gate.ts';
import { type Keeper, openKeeper } from '../../keeper/keeper.ts';
import { processesIn } from '../process/processes-in.ts';
import { ServiceError } from '../process/service-error.ts';
import { createPostgresCluster, type PostgresCluster } from './postgres.ts';
import type { PostgresNode } from './postgres-node.ts';

/** All that a connection string and a configuration file quote. */
const PASSWORD = `it's "a" back\\slash`;
const MEBIBYTE = 1024 * 1024;

let keeper: Keeper;
let cluster: PostgresCluster;
beforeAll(async () => {
  keeper = await openKeeper('test-postgres');
  cluster = await createPostgresCluster(keeper, { replicas: 2, password: PASSWORD });
  await cluster.start();
  await cluster.primary.query('CREATE TABLE notes (id serial PRIMARY KEY, text text)');
});
afterAll(async () => {
  await keeper.close();
  expect(existsSync(keeper.folder)).toBe(false);
  expect(cluster.nodes.flatMap(({ dataFolder }) => processesIn(dataFolder))).toEqual([]);
});

const write = (text: string, node = cluster.primary) => node.query('INSERT INTO notes (text) VALUES ($1)', [text]);
async function read(node: PostgresNode): Promise<readonly unknown[]> {
  return (await node.query('SELECT text FROM notes ORDER BY id')).map(({ text }) => text);
}
function theReplicas(): readonly [PostgresNode, PostgresNode] {
  const [first, second] = cluster.replicas;
  if (!first || !second) throw new Error('two replicas');
  return [first, second];
}

test('what is written at the primary is read at the replicas, which take no writes; the password is asked', async () => {
  await write('one');
  await cluster.untilCaughtUp();
  for (const node of cluster.nodes) expect(await read(node)).toEqual(['one']);
  const [replica] = theReplicas();
  await expect(write('two', replica)).rejects.toThrow(/read-only transaction/);
  const url = new URL(await cluster.createDatabase());
  url.password = 'wrong';
  await expect(new Client({ connectionString: url.href }).connect()).rejects.toThrow(/password authentication failed/);
});

test('a replica whose replay is paused receives and shows nothing new, until it is resumed', async () => {
  const [replica, other] = theReplicas();
  await cluster.pauseReplay(replica);
  const before = await read(replica);
  await write('paused');
  await expect.poll(() => read(other)).toContain('paused');
  await expect.poll(() => cluster.lag(replica)).toMatchObject({ unreceived: 0 });
  expect((await cluster.lag(replica)).unreplayed).toBeGreaterThan(0);
  expect(await read(replica)).toEqual(before);
  await cluster.resumeReplay(replica);
  await cluster.untilCaughtUp();
  expect(await read(replica)).toContain('paused');
  expect(await cluster.lag(replica)).toEqual({ unreceived: 0, unreplayed: 0 });
});

test('a replica behind a cable that is stalled or cut catches up when it is whole again', async () => {
  const [replica] = theReplicas();
  const gate = await openGate(cluster.primary.address);
  try {
    await cluster.follow(replica, cluster.primary, gate.address);
    gate.stall();
    await write('stalled');
    expect((await cluster.lag(replica)).unreceived).toBeGreaterThan(0);
    expect(await read(replica)).not.toContain('stalled');
    gate.open();
    await cluster.untilCaughtUp();
    expect(await read(replica)).toContain('stalled');
    await gate.cut();
    await write('cut');
    expect((await cluster.lag(replica)).unreceived).toBeGreaterThan(0);
    gate.open();
    await cluster.untilCaughtUp();
    expect(await read(replica)).toContain('cut');
    await cluster.follow(replica);
  } finally {
    await gate.close();
  }
});

test('a server that hangs keeps its connections and answers none of them', async () => {
  const client = new Client({ connectionString: cluster.url() });
  await client.connect();
  await cluster.primary.hang();
  const answer = client.query('SELECT 1 AS one').then(({ rows }) => rows);
  await expect(cluster.primary.ready()).rejects.toThrow(/timeout/);
  expect(await Promise.race([answer, 'nothing yet'])).toBe('nothing yet');
  await cluster.primary.resume();
  expect(await answer).toEqual([{ one: 1 }]);
  await client.end();
  await cluster.primary.hang();
  await cluster.primary.stop();
  await cluster.start();
  await write('after a hang');
});

async function mostAdvancedFirst([a, b]: readonly [PostgresNode, PostgresNode]): Promise<[PostgresNode, PostgresNode]> {
  const received = async (node: PostgresNode) => {
    const [row] = await node.query("SELECT (pg_last_wal_receive_lsn() - '0/0')::float8 AS bytes");
    return Number(row?.bytes);
  };
  return (await received(a)) >= (await received(b)) ? [a, b] : [b, a];
}

test('the primary is killed, a replica promoted, the other follows, the old one is rewound and follows', async () => {
  const old = cluster.primary;
  await cluster.untilCaughtUp();
  await old.kill();
  expect(old.running()).toBe(false);
  // The one that has more: the other could not follow one that has less.
  const [next, other] = await mostAdvancedFirst(theReplicas());
  await cluster.promote(next);
  expect(cluster.primary).toBe(next);
  await cluster.follow(other);
  await write('after the failover');
  expect(cluster.replicas).toEqual([other]);

  // Both take writes: the histories part.
  await old.start();
  await write('lost', old);
  await old.kill();
  await cluster.rewind(old);
  await cluster.untilCaughtUp();
  expect(cluster.replicas).toEqual([old, other]);
  const texts = await read(next);
  expect(texts).toContain('after the failover');
  for (const node of cluster.replicas) expect(await read(node)).toEqual(texts);
  expect(texts).not.toContain('lost');

  // And back: whoever was rewound can be promoted. The primary is stopped first, so that both replicas have all of it.
  await next.stop();
  await cluster.promote(old);
  await cluster.follow(other);
  await cluster.rewind(next);
  await write('back again');
  await cluster.untilCaughtUp();
  for (const node of cluster.nodes) expect((await read(node)).at(-1)).toBe('back again');
});

test('after stop the whole cluster starts again with its data', async () => {
  const texts = await read(cluster.primary);
  await cluster.stop();
  expect(cluster.nodes.flatMap(({ dataFolder }) => processesIn(dataFolder))).toEqual([]);
  await cluster.start();
  for (const node of cluster.nodes) expect(await read(node)).toEqual(texts);
});

test.runIf(process.getuid?.() === 0)(
  'a full disk fails the write with its reason, and only while it is full',
  async () => {
    const disk = { holds: 'data', bytes: 96 * MEBIBYTE } as const;
    const { primary, ...small } = await createPostgresCluster(keeper, { name: 'small-disk', replicas: 0, disk });
    await small.start();
    await primary.query('CREATE TABLE notes (text text)');
    const fill = () => primary.query("INSERT INTO notes SELECT repeat('x', 1000) FROM generate_series(1, 2000)");
    await fill();
    const free = await fillDisk(primary.disk as string);
    await expect(fill()).rejects.toThrow(/No space left on device/);
    expect(await primary.query('SELECT count(*)::int FROM notes')).toEqual([{ count: 2000 }]);
    await free();
    await fill();
    expect(await primary.query('SELECT count(*)::int FROM notes')).toEqual([{ count: 4000 }]);
    await small.stop();
  },
);

test.runIf(process.getuid?.() === 0)(
  'a full disk of the log ends the server, which starts again with room',
  async () => {
    const disk = { holds: 'wal', bytes: 64 * MEBIBYTE } as const;
    const { primary, ...small } = await createPostgresCluster(keeper, { name: 'small-wal', replicas: 0, disk });
    await small.start();
    await primary.query('CREATE TABLE notes (text text)');
    await primary.query("INSERT INTO notes VALUES ('kept')");
    const free = await fillDisk(primary.disk as string);
    const fill = () => primary.query("INSERT INTO notes SELECT repeat('x', 1000) FROM generate_series(1, 40000)");
    await expect(fill()).rejects.toThrow();
    await expect.poll(() => primary.running(), { timeout: 60_000 }).toBe(false);
    expect(await primary.logs(40)).toMatch(/No space left on device/);
    await free();
    await primary.start();
    expect(await primary.query('SELECT text FROM notes')).toEqual([{ text: 'kept' }]);
    await small.stop();
  },
);

test('a taken port and a server that ends at once are told with part, last words and advice', async () => {
  const { port } = cluster.primary.address;
  const second = await createPostgresCluster(keeper, { name: 'second', replicas: 0, ports: [port] });
  const taken = await second.start().catch((error: unknown) => error);
  expect(taken).toBeInstanceOf(ServiceError);
  expect(String(taken)).toMatch(/second-1: port \d+ on 127\.0\.0\.1 is used by another program\n {2}How to go on: /);

  const settings = { shared_buffers: 'much' };
  const broken = await createPostgresCluster(keeper, { name: 'broken', replicas: 0, settings });
  const ended = await broken.start().catch((error: unknown) => error);
  expect(ended).toBeInstanceOf(ServiceError);
  expect(String(ended)).toMatch(
    /broken-1: it ended with code 1 while it started\n {2}Its last log lines:\n[\s\S]*shared_buffers/,
  );
  expect(broken.primary.running()).toBe(false);

  const away = await createPostgresCluster(keeper, { name: 'away', replicas: 1 });
  const alone = await away.nodes[1]?.start().catch((error: unknown) => error);
  expect(alone).toBeInstanceOf(ServiceError);
  expect(String(alone)).toMatch(/away-2: its first data can not be had \(connect ECONNREFUSED/);
  await expect(away.rewind(away.primary)).rejects.toThrow(/is the primary/);
});
