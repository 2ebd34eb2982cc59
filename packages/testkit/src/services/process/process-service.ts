import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Keeper, KeptProcess } from '../../keeper/keeper.ts';
import { signalQuietly } from '../../keeper/marked-processes.ts';
import { checkPortFree } from './port-check.ts';
import { groupLives } from './process-group.ts';
import type { Address, Service } from './service.ts';
import { ServiceError } from './service-error.ts';
import { tailOf } from './tail.ts';
import { until } from './until.ts';

export interface ProcessServiceSpec {
  readonly keeper: Keeper;
  readonly name: string;
  readonly address: Address;
  readonly command: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>> | undefined;
  readonly cwd: string;
  readonly asRoot?: boolean | undefined;
  /** Which component of `npm run setup:services` brings the program. */
  readonly component: string;
  /** Asks one real question; what it throws is the reason. */
  readonly probe: () => Promise<void>;
  /** What must be put in order before each start: a stale pid file, a first database. */
  readonly prepare?: (() => Promise<void>) | undefined;
  readonly readyMs?: number | undefined;
  readonly stopSignal?: NodeJS.Signals | undefined;
  readonly stopMs?: number | undefined;
  /** Default: what the process writes, in `<cwd>/<name>.log`. */
  readonly logFile?: string | undefined;
  /** Ports beside the main one that must be free, too. */
  readonly otherPorts?: readonly number[] | undefined;
  /** For servers that listen on UDP or on a fixed address only. */
  readonly checkPort?: boolean | undefined;
}

const POLL_MS = 50;
const READY_MS = 60_000;
const STOP_MS = 15_000;
const TAIL_LINES = 12;

/** A server that is one program, as a Service. */
export function processService(spec: ProcessServiceSpec): Service {
  const { keeper, name, address, component, probe } = spec;
  const output = path.join(spec.cwd, `${name}.log`);
  const logs = (lines = TAIL_LINES) => tailOf(spec.logFile ?? output, lines);
  let process: KeptProcess | undefined;
  const running = () => process !== undefined && process.exit() === undefined;

  async function fail(reason: string, advice: string, cause?: unknown): Promise<never> {
    const words = (await logs()) || (await tailOf(output, TAIL_LINES));
    throw new ServiceError(name, reason, { logs: words, advice, cause });
  }

  async function spawn(): Promise<KeptProcess> {
    try {
      return await keeper.spawn({
        command: spec.command,
        args: spec.args,
        env: spec.env,
        cwd: spec.cwd,
        logFile: output,
        asRoot: spec.asRoot,
      });
    } catch (cause) {
      const why = cause instanceof Error ? cause.message : String(cause);
      throw new ServiceError(name, `its program can not be run (${why})`, {
        advice: `npm run setup:services ${component}`,
        cause,
      });
    }
  }

  async function untilReady(started: KeptProcess): Promise<void> {
    const deadline = Date.now() + (spec.readyMs ?? READY_MS);
    for (;;) {
      const reason = await probe().then(
        () => undefined,
        (error: unknown) => (error instanceof Error ? error.message : String(error)),
      );
      const exit = started.exit();
      if (exit) {
        const how = exit.signal ? `was ended by ${exit.signal}` : `ended with code ${exit.code}`;
        await fail(`it ${how} while it started`, 'mend what the lines name, then start again');
      }
      if (reason === undefined) return;
      if (Date.now() > deadline) await fail(`it did not become ready (${reason})`, 'is the machine very busy?');
      await delay(POLL_MS);
    }
  }

  async function end(signal: NodeJS.Signals): Promise<void> {
    const current = process;
    if (!current) return;
    const limit = spec.stopMs ?? STOP_MS;
    await current.signal(signal);
    // One that was made to hang must run to be able to end.
    if (signal !== 'SIGKILL') await current.signal('SIGCONT');
    const late = delay(limit, 'late' as const, { ref: false });
    if ((await Promise.race([current.exited, late])) === 'late') await current.signal('SIGKILL');
    await current.exited;
    // A launcher may end before the server that it launched, which still has its port and its files.
    const deadline = Date.now() + (signal === 'SIGKILL' ? 0 : limit);
    while (groupLives(current.pid)) {
      if (Date.now() >= deadline) signalQuietly(-current.pid, 'SIGKILL');
      await delay(POLL_MS);
    }
    // The kernel takes the sockets of a large process away a moment after it has ended.
    await until(`${name} has ended and its port is still taken`, STOP_MS, async () => {
      await checkPortsFree();
      return true;
    });
  }

  async function checkPortsFree(): Promise<void> {
    if (spec.checkPort === false) return;
    for (const port of [address.port, ...(spec.otherPorts ?? [])]) await checkPortFree(name, address.host, port);
  }

  return {
    name,
    address,
    logs,
    running,
    async start() {
      if (running()) return;
      await checkPortsFree();
      await spec.prepare?.();
      process = await spawn();
      try {
        await untilReady(process);
      } catch (error) {
        await end('SIGKILL');
        throw error;
      }
    },
    async ready() {
      if (!running()) throw new ServiceError(name, 'it does not run', { logs: await logs() });
      await probe();
    },
    stop: () => end(spec.stopSignal ?? 'SIGTERM'),
    kill: () => end('SIGKILL'),
    hang: async () => process?.signal('SIGSTOP'),
    resume: async () => process?.signal('SIGCONT'),
  };
}
