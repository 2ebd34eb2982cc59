import { type ChildProcess, spawn } from 'node:child_process';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { DataLayout } from '@logmaster/core/config/data-layout';
import { AppError } from '@logmaster/core/errors';
import type { Lifecycle } from '@logmaster/core/lifecycle';
import { eachLine } from '../process/lines.ts';
import { openLogFile } from '../process/log-file.ts';
import { killGroup, type SupervisorContext } from '../process/supervised.ts';
import { findBinaries } from './binaries.ts';
import { ensureCluster, POSTGRES_ENVIRONMENT } from './cluster.ts';
import { chooseLauncher } from './launcher.ts';
import { readPidFile, stopOrphan } from './orphan.ts';
import { postgresUser } from './os-user.ts';
import { SETTINGS } from './settings.ts';

const POLL_MS = 50;
const READY_MS = 60_000;
/** Backends of a killed postmaster notice its death within seconds; until then its memory segment is in use. */
const RETRY_MS = 20_000;
const FAST_STOP_MS = 30_000;
const RESTART_PAUSE_MS = 2_000;

export interface EmbeddedPostgresOptions {
  readonly layout: DataLayout;
  readonly port: number;
  /** Of the role that owns the database. */
  readonly password: string;
}

/** PostgreSQL on loopback as a Lifecycle: made the first time, recovered after a kill, stopped with a checkpoint. */
export function embeddedPostgres(options: EmbeddedPostgresOptions, context: SupervisorContext): Lifecycle {
  const { layout } = options;
  const folder = layout.postgres;
  const log = openLogFile(path.join(layout.logs, 'postgres.log'));
  let child: ChildProcess | undefined;
  let exited: Promise<void> = Promise.resolve();
  let stopping = false;

  async function launch(): Promise<string> {
    const binaries = findBinaries();
    const user = await postgresUser(context.say);
    const launcher = await chooseLauncher(user, [binaries.folder, layout.root]);
    await stopOrphan(folder, context.say);
    await ensureCluster({ binaries, launcher, user, folder }, options.password);
    const settings = Object.entries(SETTINGS).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
    const [command = '', ...args] = [...launcher.prefix, binaries.postgres];
    const started = spawn(command, [...args, '-D', folder, '-p', `${options.port}`, ...settings], {
      ...launcher.options,
      cwd: '/',
      env: POSTGRES_ENVIRONMENT,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    child = started;
    context.children.add(started);
    const words: string[] = [];
    const hear = (line: string) => {
      log.write(line);
      words.push(line);
      if (words.length > 10) words.shift();
    };
    eachLine(started.stdout, hear);
    eachLine(started.stderr, hear);
    started.once('error', (error) => hear(error.message));
    exited = new Promise((resolve) => started.once('close', () => resolve()));
    void exited.then(() => context.children.delete(started));
    return untilReady(started, words);
  }

  /** Resolves with '' when connections are accepted, or with its last words when it ended. */
  async function untilReady(started: ChildProcess, words: readonly string[]): Promise<string> {
    const deadline = Date.now() + READY_MS;
    while (started.exitCode === null && started.signalCode === null) {
      const file = await readPidFile(folder);
      if (file?.pid === started.pid && file?.status === 'ready') return '';
      if (Date.now() > deadline)
        throw new AppError('DATABASE_UNAVAILABLE', { detail: 'PostgreSQL does not get ready' });
      await delay(POLL_MS);
    }
    await exited;
    return words.join('\n') || 'it said nothing';
  }

  async function start(): Promise<void> {
    const deadline = Date.now() + RETRY_MS;
    for (;;) {
      const words = await launch();
      if (words === '') break;
      context.signal.throwIfAborted();
      if (!words.includes('pre-existing shared memory block') || Date.now() > deadline) {
        throw new AppError('DATABASE_UNAVAILABLE', { detail: `PostgreSQL does not start:\n${words}` });
      }
      await delay(500);
    }
    void exited.then(() => {
      if (!stopping) void restart();
    });
  }

  async function restart(): Promise<void> {
    context.say(`PostgreSQL ended by itself and is started again (see ${path.join(layout.logs, 'postgres.log')}).`);
    for (;;) {
      await delay(RESTART_PAUSE_MS);
      if (stopping) return;
      try {
        return await start();
      } catch (error) {
        context.say(`PostgreSQL is still away: ${String((error as Error).message)}`);
      }
    }
  }

  async function stop(): Promise<void> {
    stopping = true;
    child?.kill('SIGINT');
    const timer = new AbortController();
    const late = delay(FAST_STOP_MS, true, { signal: timer.signal }).catch(() => false);
    if ((await Promise.race([exited, late])) === true && child) {
      killGroup(child, 'SIGQUIT');
      context.say('PostgreSQL was slow to stop and recovers from its log at the next start.');
    }
    timer.abort();
    await exited;
    log.close();
  }
  return { name: 'PostgreSQL', start, stop };
}
