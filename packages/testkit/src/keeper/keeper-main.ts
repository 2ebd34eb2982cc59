// The keeper: starts servers for one test process (or one cluster) and outlives it just long enough to end them. It
// spawns them itself, so there is no moment in which a server runs and nobody knows of it.
import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { killAllOf, signalQuietly } from './marked-processes.ts';
import { KEEPER_MARK, type KeeperReply, type KeeperRequest, type SpawnSpec } from './protocol.ts';

/** Between the polite signal and SIGKILL when the keeper is closed in order. */
const GRACE_MS = 10_000;

const [mark = '', folder = ''] = process.argv.slice(2);
// Everything that works below the folder is killed: it must be one that was made for this.
if (mark === '' || !path.basename(folder).startsWith('logmaster-'))
  throw new Error('a keeper needs a mark and a folder');
const children = new Map<number, ChildProcess>();
const mounts = new Set<string>();

function reply(message: KeeperReply): void {
  if (process.connected) process.send?.(message);
}

async function start({ command, args, env, cwd, logFile, uid, gid }: SpawnSpec): Promise<number> {
  const log = openSync(logFile, 'a', 0o644);
  try {
    const child = spawn(command, args, {
      cwd,
      env: { ...env, [KEEPER_MARK]: mark },
      // A group of its own: signals reach all of a server, and the terminal's Ctrl-C none of it.
      detached: true,
      stdio: ['ignore', log, log],
      ...(uid === undefined ? {} : { uid }),
      ...(gid === undefined ? {} : { gid }),
    });
    await once(child, 'spawn');
    const pid = child.pid as number;
    children.set(pid, child);
    child.once('exit', (code, signal) => {
      children.delete(pid);
      reply({ type: 'exited', pid, code, signal });
    });
    return pid;
  } finally {
    closeSync(log);
  }
}

/** A test may have taken it away itself. */
function isMounted(at: string): boolean {
  return readFileSync('/proc/self/mounts', 'utf8').includes(` ${at} `);
}

/** Something that is not ours may use it: then it goes when that ends. */
function unmount(at: string): void {
  const unmounted = spawnSync('umount', [at], { stdio: 'ignore' }).status === 0;
  if (!unmounted) execFileSync('umount', ['--lazy', at], { stdio: 'ignore' });
}

/** Ends everything and removes the folder. Without grace when nobody is left who could wait for it. */
async function clean(graceMs: number): Promise<void> {
  const running = [...children.values()];
  for (const { pid } of running) {
    signalQuietly(-(pid as number), 'SIGTERM');
    // A server that was made to hang must run to be able to end.
    signalQuietly(-(pid as number), 'SIGCONT');
  }
  const ended = Promise.all(running.map((child) => (child.exitCode === null ? once(child, 'exit') : undefined)));
  await Promise.race([ended, delay(graceMs, undefined, { ref: false })]);
  await killAllOf(mark, folder);
  for (const mount of [...mounts].filter(isMounted).reverse()) unmount(mount);
  await rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
}

async function serve(request: KeeperRequest): Promise<number | undefined> {
  if (request.type === 'spawn') return start(request.spec);
  if (request.type === 'signal') signalQuietly(-request.pid, request.signal);
  if (request.type === 'mounted') mounts.add(request.path);
  if (request.type === 'close') await clean(GRACE_MS);
  return undefined;
}

process.on('message', async (request: KeeperRequest) => {
  const { id } = request;
  try {
    const pid = await serve(request);
    reply(pid === undefined ? { type: 'done', id } : { type: 'done', id, pid });
    if (request.type === 'close') process.disconnect();
  } catch (error) {
    reply({ type: 'failed', id, message: error instanceof Error ? error.message : String(error) });
  }
});

let ending = false;
async function end(): Promise<void> {
  if (ending) return;
  ending = true;
  await clean(0);
  process.exit(0);
}
// The owner closed us, or was killed: in both cases nothing of ours may stay.
process.on('disconnect', () => void end());
process.on('SIGTERM', () => void end());
process.on('SIGINT', () => undefined);
