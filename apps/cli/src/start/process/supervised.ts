import { type ChildProcess, spawn } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import { AppError } from '@logmaster/core/errors';
import type { Lifecycle } from '@logmaster/core/lifecycle';
import { eachLine, warningOf } from './lines.ts';
import { openLogFile } from './log-file.ts';

export interface ProcessSpec {
  /** As the person reads it: `ingest`, `web`. */
  readonly name: string;
  /** Arguments for this very Node. */
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  readonly logFile: string;
  /** Asked until it is true; the process counts as started then. */
  isReady(): Promise<boolean>;
  readonly readyTimeoutMs: number;
  readonly stopTimeoutMs: number;
}

export interface SupervisorContext {
  say(text: string): void;
  /** Aborted when LogMaster is asked to stop while it starts. */
  readonly signal: AbortSignal;
  /** Every running child, so that a forced stop finds them. */
  readonly children: Set<ChildProcess>;
}

const POLL_MS = 100;
const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 30_000;
/** A process that ran this long before it ended is restarted without the growing pause. */
const STABLE_MS = 60_000;
/** The same warning is shown once in this time; the log file has each. */
const WARNING_PAUSE_MS = 60_000;
const TAIL_LINES = 15;

const PARENT_WATCH = new URL('./parent-watch.ts', import.meta.url).href;

/** Ends a whole process group, if anything of it is left. */
export function killGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/**
 * A child process as a Lifecycle. One that ends by itself is restarted, after a pause that doubles up to 30 s, and the
 * person is told. Its output goes to the log file; warnings are shown too.
 */
export function supervised(spec: ProcessSpec, context: SupervisorContext): Lifecycle {
  const log = openLogFile(spec.logFile);
  const tail: string[] = [];
  const shown = new Map<string, number>();
  let child: ChildProcess | undefined;
  let exited: Promise<string> = Promise.resolve('not started');
  let stopping = false;
  let restart: AbortController | undefined;

  function hear(line: string): void {
    log.write(line);
    tail.push(line);
    if (tail.length > TAIL_LINES) tail.shift();
    const warning = warningOf(line);
    if (!warning || Date.now() - (shown.get(warning.text) ?? 0) < WARNING_PAUSE_MS) return;
    if (shown.size > 1_000) shown.clear();
    shown.set(warning.text, Date.now());
    context.say(`${spec.name}: ${warning.text}`);
  }

  function launch(): void {
    const started = spawn(process.execPath, ['--import', PARENT_WATCH, ...spec.args], {
      cwd: spec.cwd,
      env: spec.env,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    child = started;
    context.children.add(started);
    eachLine(started.stdout, hear);
    eachLine(started.stderr, hear);
    exited = new Promise((resolve) => {
      started.once('error', (error) => resolve(`could not be run: ${error.message}`));
      started.once('close', (code, signal) => resolve(signal ? `was ended by ${signal}` : `ended with code ${code}`));
    });
    void exited.then(() => context.children.delete(started));
  }

  async function untilReady(): Promise<void> {
    const deadline = Date.now() + spec.readyTimeoutMs;
    const ended = exited.then((how) => new AppError('INTERNAL', { detail: `${spec.name} ${how}` }));
    while (!(await spec.isReady())) {
      context.signal.throwIfAborted();
      const outcome = await Promise.race([ended, delay(POLL_MS)]);
      if (outcome) throw outcome;
      if (Date.now() > deadline) throw new AppError('INTERNAL', { detail: `${spec.name} did not become ready` });
    }
  }

  async function keepAlive(): Promise<void> {
    let pause = FIRST_PAUSE_MS;
    let began = Date.now();
    for (;;) {
      const how = await exited;
      if (stopping) return;
      if (Date.now() - began > STABLE_MS) pause = FIRST_PAUSE_MS;
      context.say(`${spec.name} ${how}; it is started again in ${pause / 1000} s (see ${spec.logFile}).`);
      restart = new AbortController();
      await delay(pause, undefined, { signal: restart.signal }).catch(() => undefined);
      if (stopping) return;
      // Grandchildren that outlived their parent would hold ports and locks that the new one needs.
      if (child) killGroup(child, 'SIGKILL');
      pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
      began = Date.now();
      launch();
    }
  }

  async function start(): Promise<void> {
    launch();
    try {
      await untilReady();
    } catch (cause) {
      await stop();
      if (context.signal.aborted) throw cause;
      const detail = `${(cause as AppError).detail ?? cause}. Its last words (all in ${spec.logFile}):\n${tail.join('\n')}`;
      throw new AppError('INTERNAL', { detail, cause });
    }
    void keepAlive();
  }

  async function stop(): Promise<void> {
    stopping = true;
    restart?.abort();
    child?.kill('SIGTERM');
    const timer = new AbortController();
    const late = delay(spec.stopTimeoutMs, 'late' as const, { signal: timer.signal }).catch(() => undefined);
    const outcome = await Promise.race([exited, late]);
    timer.abort();
    if (outcome === 'late' && child) {
      killGroup(child, 'SIGKILL');
      await exited;
      context.say(`${spec.name} did not stop within ${spec.stopTimeoutMs / 1000} s and was killed.`);
    }
    log.close();
  }
  return { name: spec.name, start, stop };
}
