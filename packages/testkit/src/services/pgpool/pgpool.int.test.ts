import { existsSync } from 'node:fs';
import { Client } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Keeper, openKeeper } from '../../keeper/keeper.ts';
import { makeCertificateAuthority } from '../certificates/certificates.ts';
import { createPostgresCluster, type PostgresCluster } from '../postgres/postgres.ts';
import type { PostgresNode } from '../postgres/postgres-node.ts';
import { queryPostgres } from '../postgres/postgres-query.ts';
import { processesIn } from '../process/processes-in.ts';
import { ServiceError } from '../process/service-error.ts';
import { createPgpool, type PgpoolService } from './pgpool.ts';

/** All that the files on the way quote. */
const PASSWORD = `it's "a" back\\slash: #1`;
const FAILOVER = { timeout: 60_000 } as const;

let keeper: Keeper;
let cluster: PostgresCluster;
let pgpool: PgpoolService;
beforeAll(async () => {
  keeper = await openKeeper('test-pgpool');
  cluster = await createPostgresCluster(keeper, { replicas: 2, password: PASSWORD });
  await cluster.start();
  await cluster.primary.query("CREATE ROLE writer LOGIN PASSWORD 'another'");
  await cluster.primary.query('CREATE TABLE notes (id serial PRIMARY KEY, text text)');
  pgpool = await createPgpool(keeper, cluster, { users: { writer: 'another' } });
  await pgpool.start();
});
afterAll(async () => {
  await keeper.close();
  expect(existsSync(keeper.folder)).toBe(false);
});

/** The port of the server that took it. */
async function write(text: string): Promise<unknown> {
  const [row] = await pgpool.query('INSERT INTO notes (text) VALUES ($1) RETURNING inet_server_port() AS port', [text]);
  return row?.port;
}
async function texts(node: PostgresNode): Promise<readonly unknown[]> {
  return (await node.query('SELECT text FROM notes ORDER BY id')).map(({ text }) => text);
}
const portsOf = (nodes: readonly PostgresNode[]) => nodes.map(({ address }) => address.port).sort((a, b) => a - b);

/** Reads until each of the nodes has answered one, and nobody else. */
async function expectReadsFrom(nodes: readonly PostgresNode[]): Promise<void> {
  const answered = new Set<number>();
  const read = async () => {
    const [row] = await pgpool.query('SELECT inet_server_port() AS port');
    return [...answered.add(Number(row?.port))].sort((a, b) => a - b);
  };
  await expect.poll(read, FAILOVER).toEqual(portsOf(nodes));
}
async function statusOf(node: PostgresNode): Promise<string> {
  const found = (await pgpool.nodes()).find((each) => each.node === node);
  return `${found?.role} ${found?.status}`;
}
/** pgpool ends its clients' connections more than once while it fails over. */
const untilStatus = (node: PostgresNode, status: string) =>
  expect.poll(() => statusOf(node).catch(String), FAILOVER).toBe(status);

/** Resolves with the new primary when writes are taken again, and brings the old one back as a replica. */
async function expectFailoverFrom(old: PostgresNode): Promise<void> {
  const [next, other] = cluster.replicas;
  if (!next || !other) throw new Error('two replicas');
  await expect.poll(() => write('after').catch(String), FAILOVER).toBe(next.address.port);
  expect(await cluster.findPrimary()).toBe(next);
  expect(old.running()).toBe(false);
  expect(processesIn(old.dataFolder)).toEqual([]);
  await untilStatus(next, 'primary up');
  await untilStatus(other, 'standby up');
  expect(await statusOf(old)).toBe('standby down');
  await cluster.untilCaughtUp();
  expect(await texts(other)).toEqual(await texts(next));

  await cluster.rewind(old);
  await pgpool.attach(old);
  await cluster.untilCaughtUp();
  await expectReadsFrom(cluster.nodes);
  for (const node of cluster.nodes) expect((await texts(node)).at(-1)).toBe('after');
}

test('reads are spread over all nodes, writes go to the primary, the password is asked', async () => {
  await expectReadsFrom(cluster.nodes);
  for (let count = 0; count < 10; count++) expect(await write('one')).toBe(cluster.primary.address.port);
  const roles = (await pgpool.nodes()).map(({ node, role, status }) => [node, role, status]);
  expect(roles).toEqual(cluster.nodes.map((n) => [n, n === cluster.primary ? 'primary' : 'standby', 'up']));
  for (const { reads } of await pgpool.nodes()) expect(reads).toBeGreaterThan(0);

  expect(await queryPostgres(pgpool.url('postgres', 'writer'), 'SELECT current_user AS name')).toEqual([
    { name: 'writer' },
  ]);
  const wrong = new URL(pgpool.url());
  wrong.password = 'wrong';
  await expect(queryPostgres(wrong.href, 'SELECT 1')).rejects.toThrow(/authentication failed/);
});

test('the primary is killed: another takes the writes, the third follows, the old one comes back', async () => {
  await write('before');
  await cluster.untilCaughtUp();
  const old = cluster.primary;
  await old.kill();
  await expectFailoverFrom(old);
  expect(await texts(cluster.primary)).toContain('before');
});

test('the primary hangs: its clients are told, it is ended, and another takes the writes', async () => {
  await cluster.untilCaughtUp();
  const old = cluster.primary;
  const client = new Client({ connectionString: pgpool.url() });
  client.on('error', () => undefined);
  await client.connect();
  await client.query('BEGIN');
  await client.query("INSERT INTO notes (text) VALUES ('never committed')");
  await old.hang();
  await expect(client.query('COMMIT')).rejects.toThrow();
  await expectFailoverFrom(old);
  expect(await texts(cluster.primary)).not.toContain('never committed');
});

test('a replica that dies is left out and disturbs nobody; started again it is taken back', async () => {
  const { primary } = cluster;
  const [replica, other] = cluster.replicas;
  if (!replica || !other) throw new Error('two replicas');
  await replica.kill();
  await untilStatus(replica, 'standby down');
  expect(primary.running()).toBe(true);
  await expectReadsFrom([primary, other]);
  expect(await write('meanwhile')).toBe(primary.address.port);
  await replica.start();
  await pgpool.attach(replica);
  await cluster.untilCaughtUp();
  await expectReadsFrom(cluster.nodes);
});

test('pgpool itself hangs, is killed and comes back', async () => {
  await pgpool.hang();
  await expect(pgpool.ready()).rejects.toThrow(/timeout/);
  await pgpool.resume();
  await pgpool.ready();
  await pgpool.kill();
  expect(pgpool.running()).toBe(false);
  await expect(write('nobody takes it')).rejects.toThrow(/ECONNREFUSED/);
  await pgpool.start();
  expect(await write('back')).toBe(cluster.primary.address.port);
});

test('with TLS the certificate is checked, and nobody comes in without', async () => {
  const authority = await makeCertificateAuthority(keeper);
  const { certificateFile, keyFile } = await authority.issue('pgpool');
  const tls = { certificateFile, keyFile, authorityFile: authority.file };
  const second = await createPgpool(keeper, cluster, { name: 'pgpool-tls', tls });
  await second.start();
  expect(await second.query('SELECT 1 AS one')).toEqual([{ one: 1 }]);
  const plain = second.url().replace(/\?.*/, '');
  await expect(queryPostgres(plain, 'SELECT 1')).rejects.toThrow(/client authentication failed/);
  expect(await second.logs()).toMatch(/no pool_hba.conf entry .*SSL off/);
  await expect(queryPostgres(`${plain}?sslmode=verify-full`, 'SELECT 1')).rejects.toThrow(/certificate/);
  await second.stop();
});

test('a taken port and a pgpool that ends at once are told with part, last words and advice', async () => {
  const { port } = pgpool.address;
  const second = await createPgpool(keeper, cluster, { name: 'second', port });
  const taken = await second.start().catch((error: unknown) => error);
  expect(taken).toBeInstanceOf(ServiceError);
  expect(String(taken)).toMatch(/second: port \d+ on 127\.0\.0\.1 is used by another program\n {2}How to go on: /);

  const broken = await createPgpool(keeper, cluster, { name: 'broken', settings: { num_init_children: 'many' } });
  const ended = await broken.start().catch((error: unknown) => error);
  expect(ended).toBeInstanceOf(ServiceError);
  expect(String(ended)).toMatch(
    /broken: it ended with code \d while it started\n {2}Its last log lines:\n[\s\S]*num_init_children/,
  );
  expect(broken.running()).toBe(false);
});
