import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { createFirstAdmin } from '@logmaster/db/bootstrap';
import { migrateUp } from '@logmaster/db/migrate';
import { type Keeper, openKeeper } from '@logmaster/testkit/keeper/keeper';
import type { DirectoryService } from '@logmaster/testkit/services/directory';
import { createOpenLdap } from '@logmaster/testkit/services/openldap';
import { createPostgresCluster, type PostgresCluster } from '@logmaster/testkit/services/postgres';
import { createRedis, type RedisService } from '@logmaster/testkit/services/redis';
import { createSmtpSink, type SmtpSinkService } from '@logmaster/testkit/services/smtp-sink';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { composeWeb } from './compose.ts';
import { appRouter } from './router.ts';

const run = promisify(execFile);
const SECRET = 'x'.repeat(32);
const SEEN = { timeout: 60_000, interval: 100 };

let folder: string;
let keeper: Keeper;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'logmaster-compose-'));
  keeper = await openKeeper('test-compose');
});
afterAll(async () => {
  await keeper.close();
  await rm(folder, { recursive: true });
});
afterEach(() => {
  vi.unstubAllEnvs();
});

const basis = (url: string) => ({
  LOGMASTER_DATA_DIR: folder,
  DATABASE_URL: url,
  NEXTAUTH_URL: 'https://logs.example.org',
  NEXTAUTH_SECRET: SECRET,
  LOGMASTER_INGEST_URL: 'http://127.0.0.1:1',
  LOGMASTER_LOG_LEVEL: 'fatal',
  LOGMASTER_ROOT: path.join(import.meta.dirname, '../../../..'),
});

async function compose(environment: Readonly<Record<string, string>>) {
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
  return composeWeb();
}

/** Composes in a process of its own and tells which libraries of the servers it has loaded. */
async function librariesOf(environment: Readonly<Record<string, string>>): Promise<string[]> {
  const program = `
    import { registerHooks } from 'node:module';
    const loaded = new Set();
    registerHooks({ load(url, context, next) {
      const name = /node_modules\\/(ioredis|ldapts|nodemailer|@elastic\\/elasticsearch|@duckdb\\/[^/]+)\\//.exec(url)?.[1];
      if (name) loaded.add(name);
      return next(url, context);
    } });
    const { composeWeb } = await import(${JSON.stringify(pathToFileURL(path.join(import.meta.dirname, 'compose.ts')).href)});
    const { dependencies } = await composeWeb();
    await dependencies.health.look();
    await dependencies.store.stop();
    console.log(JSON.stringify([...loaded].sort()));
    process.exit(0);`;
  const env = { NODE_ENV: 'test' as const, PATH: process.env.PATH ?? '', ...environment };
  const { stdout } = await run(process.execPath, ['--input-type=module', '-e', program], { cwd: folder, env });
  return JSON.parse(stdout);
}

test('libraries of servers that are not configured are not loaded', async () => {
  const alone = basis('postgresql://nobody@127.0.0.1:1/none');
  expect(await librariesOf(alone)).toEqual([]);
  const settings = {
    REDIS_URL: 'redis://127.0.0.1:1',
    LDAP_URL: 'ldap://127.0.0.1:1',
    LDAP_BASE_DN: 'dc=x',
    SMTP_URL: 'smtp://127.0.0.1:1',
    SMTP_FROM: 'a@b.c',
  };
  expect(await librariesOf({ ...alone, ...settings })).toEqual(['ioredis', 'ldapts', 'nodemailer']);
});

describe('on servers of one’s own', () => {
  let postgres: PostgresCluster;
  let redis: RedisService;
  let directory: DirectoryService;
  let mail: SmtpSinkService;
  beforeAll(async () => {
    const user = { name: 'logs', password: 'secret' };
    postgres = await createPostgresCluster(keeper, { replicas: 2 });
    redis = await createRedis(keeper, { password: 'secret' });
    directory = await createOpenLdap(keeper);
    mail = await createSmtpSink(keeper, { user });
    await Promise.all([postgres, redis, directory, mail].map((server) => server.start()));
    await migrateUp(await postgres.createDatabase('logmaster'));
    await postgres.untilCaughtUp();
  });

  const everything = () => ({
    ...basis(postgres.url('logmaster')),
    DATABASE_REPLICA_URLS: postgres.replicas.map((replica) => replica.url('logmaster')).join(','),
    DATABASE_REPLICA_MAX_LAG_SECONDS: '1',
    REDIS_URL: `redis://${redis.address.host}:${redis.address.port}`,
    REDIS_PASSWORD: redis.password ?? '',
    LDAP_URL: directory.ldapsUrl,
    LDAP_CA_FILE: directory.caFile,
    LDAP_BIND_DN: directory.serviceAccount.dn,
    LDAP_BIND_PASSWORD: directory.serviceAccount.password,
    LDAP_BASE_DN: directory.baseDn,
    SMTP_URL: `smtp://logs@${mail.address.host}:${mail.address.port}`,
    SMTP_PASSWORD: 'secret',
    SMTP_CA_FILE: mail.caFile,
    SMTP_FROM: 'logs@example.org',
  });

  test('every part is looked at, says in a sentence what is wrong, and tells strangers nothing else', async () => {
    const { dependencies, startChecks } = await compose(everything());
    await Promise.all(startChecks.map((check) => check()));
    const { health, database } = dependencies;
    const partsBy = async () => Object.fromEntries((await health.look()).map((part) => [part.name, part]));
    await vi.waitFor(async () => {
      const parts = await partsBy();
      for (const name of ['database', 'database replica 1', 'database replica 2', 'redis', 'ldap', 'mail']) {
        expect(parts[name]).toMatchObject({ name, state: 'ok' });
      }
    }, SEEN);

    const [first, second] = postgres.replicas;
    await Promise.all([redis.kill(), directory.kill(), mail.stop(), first?.kill()]);
    if (second) await postgres.pauseReplay(second);
    await vi.waitFor(async () => {
      await database.primary.$executeRaw`UPDATE mapping_version SET version = version + 1`;
      expect(await partsBy()).toMatchObject({
        database: { state: 'ok' },
        'database replica 1': { state: 'down', code: 'REPLICA_AWAY' },
        'database replica 2': { state: 'degraded', code: 'REPLICA_BEHIND', params: { seconds: 1 } },
        redis: { state: 'down', code: 'REDIS_AWAY' },
        ldap: { state: 'down', code: 'LDAP_AWAY' },
        mail: { state: 'down', code: 'MAIL_AWAY' },
      });
    }, SEEN);
    const told = JSON.stringify(await health.look());
    for (const hidden of ['127.0.0.1', 'secret', 'dc=', `${postgres.primary.address.port}`]) {
      expect(told).not.toContain(hidden);
    }
    await Promise.all([database.close(), dependencies.store.stop()]);
    await Promise.all([redis.start(), directory.start(), mail.start(), first?.start()]);
    if (second) await postgres.resumeReplay(second);
  });

  test('who has changed something finds it in the lists at once; others when a replica has it', async () => {
    const { dependencies: deps, startChecks } = await compose({
      ...everything(),
      DATABASE_REPLICA_MAX_LAG_SECONDS: '60',
    });
    await Promise.all(startChecks.map((check) => check()));
    const { primary } = deps.database;
    await createFirstAdmin(primary, { username: 'admin', password: 'one-time password' });
    const { id } = await primary.user.findFirstOrThrow();
    const callerOf = (userId: string) => {
      const session = { id: userId, username: 'x', mustChangePassword: false, sessionId: randomUUID() };
      return appRouter.createCaller({ deps, session, requestId: 'r' });
    };
    const [writer, reader] = [callerOf(id), callerOf(randomUUID())];
    await vi.waitFor(() => expect(deps.database.replicaStates().map(({ fault }) => fault)).toEqual([null, null]), SEEN);
    await Promise.all(postgres.replicas.map((replica) => postgres.pauseReplay(replica)));
    await writer.sites.create({ name: 'Ankara', timeZone: 'Europe/Istanbul' });
    const knows = async (who: typeof writer) => (await who.sites.list()).some((site) => site.name === 'Ankara');
    expect([await knows(writer), await knows(reader)]).toEqual([true, false]);
    await Promise.all(postgres.replicas.map((replica) => postgres.resumeReplay(replica)));
    await vi.waitFor(async () => expect(await knows(reader)).toBe(true), SEEN);
    await deps.database.close();
  });

  test('a start is refused for what only a person can mend, with the sentence', async () => {
    const sentencesOf = async (change: Readonly<Record<string, string>>) => {
      const { dependencies, startChecks } = await compose({ ...everything(), ...change });
      const results = await Promise.allSettled(startChecks.map((check) => check()));
      await dependencies.database.close();
      return results.flatMap((result) => (result.status === 'rejected' ? [result.reason.message] : []));
    };
    expect(await sentencesOf({ REDIS_PASSWORD: 'wrong' })).toEqual([
      expect.stringMatching(/Redis refuses the user name or password; mend REDIS_PASSWORD/),
    ]);
    const server = createServer((_, response) => response.end()).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address() as AddressInfo;
    expect(await sentencesOf({ REDIS_URL: `redis://127.0.0.1:${port}` })).toEqual([
      expect.stringMatching(/is not Redis/),
    ]);
    server.closeAllConnections();
    server.close();
    await expect(compose({ ...everything(), LOGMASTER_TRUSTED_PROXIES: '10.0.0.0/99' })).rejects.toThrow(/no block/);
  });
});
