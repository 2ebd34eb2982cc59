import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { AppError } from '@logmaster/core/errors';
import type { Lifecycle } from '@logmaster/core/lifecycle';
import type { Events } from '@logmaster/telemetry/events';
import type { MetricsSnapshot } from '@logmaster/telemetry/metrics';
import { CAREFUL, type DiskMessage, type FromRole, type RoleName, type RoleReport } from './messages.ts';

export interface RoleSupervisorOptions {
  /** The first gives the process its name. */
  readonly roles: readonly [RoleName, ...RoleName[]];
  /** Forked with the roles' names. */
  readonly module: string;
  readonly execArgv?: readonly string[];
  readonly events: Events;
  /** Seconds without a sign of life after which the process is ended. */
  readonly hangSeconds: number;
  /** Grows with the role's work. Where it is given, a life that follows ends without progress is a careful one. */
  readonly progress?: (report: RoleReport) => string | undefined;
}

const LEAST_WAIT_MS = 250;
const MOST_WAIT_MS = 15_000;
/** A child that has lived this long was well: the next wait is short again. */
const WELL_AFTER_MS = 30_000;
/** At a stop the child writes what it holds; then it is ended. What it had not done, the next start does. */
const STOP_MS = 15_000;
/** Until its first word a child loads its program, which says nothing of a hang on a machine that starts everything at once. */
const LOADING_SECONDS = 60;
/** Ends in a row without progress after which lives are careful. */
const FRUITLESS = 2;
/** Careful lives get by with the least wait: each narrows the search. More of them are no search any more. */
const CAREFUL_LIVES = 60;

/** Keeps the process of a role, or of both, running. It may die at any moment: all it does can be done again from the files it works on. */
export class RoleSupervisor implements Lifecycle {
  readonly name: string;
  private readonly options: RoleSupervisorOptions;
  private child: ChildProcess | undefined;
  private timer: NodeJS.Timeout | undefined;
  private watch: NodeJS.Timeout | undefined;
  private waitMs = LEAST_WAIT_MS;
  private stopping = false;
  private silentSeconds = 0;
  /** The child that runs now has said something. */
  private heard = false;
  private progress: string | undefined;
  private progressAtLastEnd: string | undefined;
  private fruitless = 0;
  private readonly first = Promise.withResolvers<void>();
  latest: { readonly report: RoleReport; readonly metrics: MetricsSnapshot } | undefined;
  /** Why the newest life could not begin. */
  refusal: AppError | undefined;
  restarts = 0;

  constructor(options: RoleSupervisorOptions) {
    this.options = options;
    this.name = `${options.roles.join(' and ')} supervisor`;
    this.first.promise.catch(() => undefined);
  }

  /** Does not wait: records are received and kept whether the role runs or not. */
  async start(): Promise<void> {
    this.spawn();
    this.watch = setInterval(() => this.look(), 1000);
  }

  /** Resolves with the first report, or after `ms` without one. Throws DATA_IN_USE when another one has the lock. */
  async reported(ms: number): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const enough = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, ms);
    });
    await Promise.race([this.first.promise, enough]).finally(() => clearTimeout(timer));
  }

  /** What is said while the process does not run is said again soon. */
  tell(message: DiskMessage): void {
    if (this.child?.connected) this.child.send(message);
  }

  async stop(): Promise<void> {
    this.stopping = true;
    this.first.resolve();
    clearTimeout(this.timer);
    clearInterval(this.watch);
    const child = this.child;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    if (child.connected) child.send({ type: 'stop' });
    const deadline = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
    await ended;
    clearTimeout(deadline);
  }

  private get isCareful(): boolean {
    return this.options.progress !== undefined && this.fruitless >= FRUITLESS;
  }

  private spawn(): void {
    const { roles, module, execArgv = [], events } = this.options;
    const [role] = roles;
    const startedAt = performance.now();
    const child = fork(module, [roles.join(','), ...(this.isCareful ? [CAREFUL] : [])], {
      execArgv: [...process.execArgv, ...execArgv],
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    this.child = child;
    this.silentSeconds = 0;
    this.heard = false;
    let refused = false;
    child.on('message', (message: FromRole) => {
      refused = message.type === 'failed';
      this.hear(message);
    });
    child.on('error', (error) => events.emit(`${role}_ended`, { reason: error.message }));
    child.on('exit', (code, signal) => {
      this.latest = undefined;
      if (this.stopping) return;
      this.restarts += 1;
      if (performance.now() - startedAt > WELL_AFTER_MS) this.waitMs = LEAST_WAIT_MS;
      // Whoever says why it can't begin has not come to any record.
      if (!refused) this.judge();
      if (this.isCareful && this.fruitless < CAREFUL_LIVES) this.waitMs = LEAST_WAIT_MS;
      events.emit(`${role}_ended`, { code, signal, again_in_ms: this.waitMs });
      this.timer = setTimeout(() => this.spawn(), this.waitMs);
      this.waitMs = Math.min(this.waitMs * 2, MOST_WAIT_MS);
    });
  }

  private hear(message: FromRole): void {
    this.silentSeconds = 0;
    this.heard = true;
    if (message.type === 'report') {
      this.latest = message;
      this.refusal = undefined;
      this.progress = this.options.progress?.(message.report);
      this.first.resolve();
    } else if (message.type === 'failed') {
      this.refusal = new AppError(message.code, message.detail === undefined ? {} : { detail: message.detail });
      if (message.code === 'DATA_IN_USE') this.first.reject(this.refusal);
    }
  }

  /** Turns of this timer are counted, not time: a machine that slept has not heard anybody either. */
  private look(): void {
    this.silentSeconds += 1;
    const { roles, hangSeconds, events } = this.options;
    const { child } = this;
    const allowed = this.heard ? hangSeconds : Math.max(hangSeconds, LOADING_SECONDS);
    if (this.silentSeconds <= allowed || child?.pid === undefined || child.exitCode !== null) return;
    events.emit('process_hung', { roles, pid: child.pid, silent_seconds: this.silentSeconds });
    this.silentSeconds = 0;
    child.kill('SIGKILL');
  }

  private judge(): void {
    this.fruitless = this.progress === this.progressAtLastEnd ? this.fruitless + 1 : 1;
    this.progressAtLastEnd = this.progress;
  }
}
