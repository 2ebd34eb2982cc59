import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { dataLayout } from '@logmaster/core/config/data-layout';
import { freePorts } from '@logmaster/testkit/free-ports';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { SupervisorContext } from '../process/supervised.ts';
import { ensureFolders } from '../secrets.ts';
import { readPidFile, stopOrphan } from './orphan.ts';
import { embeddedPostgres } from './server.ts';

let root: string;
let port: number;
let said: string[];
let context: SupervisorContext;

beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'logmaster-postgres-'));
  said = [];
  context = { say: (text) => said.push(text), signal: new AbortController().signal, children: new Set<ChildProcess>() };
  await ensureFolders(dataLayout(root));
  [port = 0] = await freePorts(1);
});
afterEach(() => rm(root, { recursive: true, force: true }));

function server() {
  return embeddedPostgres({ layout: dataLayout(root), port, password: 'secret' }, context);
}

const folder = () => path.join(root, 'postgres');
const pid = async () => (await readPidFile(folder()))?.pid;

/** The first byte PostgreSQL answers to an SSLRequest: `N` or `S`. Proves that it is PostgreSQL and that it listens. */
async function answer(host: string): Promise<string> {
  const socket = connect(port, host);
  await once(socket, 'connect');
  socket.write(Buffer.from([0, 0, 0, 8, 4, 210, 22, 47]));
  const [byte] = (await once(socket, 'data')) as [Buffer];
  socket.destroy();
  return byte.toString('latin1');
}

test('a new cluster serves loopback only, and its folder is for its owner alone', async () => {
  const postgres = server();
  await postgres.start();
  expect(await answer('127.0.0.1')).toBe('N');
  await expect(answer('127.0.0.2')).rejects.toThrow('ECONNREFUSED');
  expect(await readFile(path.join(folder(), 'pg_hba.conf'), 'utf8')).not.toMatch(/^[^#].*trust$/m);
  await postgres.stop();
  await expect(answer('127.0.0.1')).rejects.toThrow('ECONNREFUSED');
  expect(await readFile(path.join(root, 'logs', 'postgres.log'), 'utf8')).toContain('database system is shut down');
});

test('a killed postmaster is started again', async () => {
  const postgres = server();
  await postgres.start();
  const first = await pid();
  process.kill(first ?? 0, 'SIGKILL');
  await vi.waitFor(async () => expect((await readPidFile(folder()))?.status).toBe('ready'), 60_000);
  await vi.waitFor(async () => expect([undefined, first]).not.toContain(await pid()), 60_000);
  await vi.waitFor(async () => expect(await answer('127.0.0.1')).toBe('N'), 60_000);
  expect(said.join('\n')).toContain('PostgreSQL ended by itself and is started again');
  await postgres.stop();
});

test('a PostgreSQL that an earlier run left behind is stopped before the folder is used', async () => {
  const left = server();
  await left.start();
  const orphan = await pid();
  await stopOrphan(folder(), context.say);
  await left.stop();
  expect(said[0]).toContain(`Stopping the PostgreSQL (process ${orphan}) that an earlier run left behind`);
  await expect(answer('127.0.0.1')).rejects.toThrow('ECONNREFUSED');
  const next = server();
  await next.start();
  expect(await answer('127.0.0.1')).toBe('N');
  await next.stop();
});

test('a pid file whose number belongs to a stranger, or to a dead process nobody reaped, stops no start', async () => {
  const first = server();
  await first.start();
  await first.stop();
  await writeFile(path.join(folder(), 'postmaster.pid'), `${process.ppid}\n${folder()}\n0\n${port}\n`);
  const next = server();
  await next.start();
  expect(said).toEqual([]);
  expect(await answer('127.0.0.1')).toBe('N');
  await next.stop();
});

test('a start that was killed while it made the cluster is repeated from the beginning', async () => {
  await mkdir(path.join(root, 'postgres.new', 'base'), { recursive: true });
  const postgres = server();
  await postgres.start();
  expect(await answer('127.0.0.1')).toBe('N');
  await postgres.stop();
});
