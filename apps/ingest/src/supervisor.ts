import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { childEnvironment } from '@logmaster/core/config/environment';
import type { Lifecycle } from '@logmaster/core/lifecycle';
import type { Events } from '@logmaster/telemetry/events';
import { type DiskMessage, isReport, type ReportMessage } from './messages.ts';

export interface SupervisorOptions {
  readonly module: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly events: Events;
}

const LEAST_WAIT_MS = 250;
const MOST_WAIT_MS = 15_000;
/** A child that has lived this long was well: the next wait is short again. */
const WELL_AFTER_MS = 30_000;
/** At a stop the processor writes what it holds; then it is ended. What it had not done, the next start does. */
const STOP_MS = 15_000;

/** Events live for one batch: with V8's 16 MiB they would be copied again and again before they die. */
const YOUNG_GENERATION = '--max-semi-space-size=48';

/** Keeps the processor running. It may die at any moment: all it does can be done again from the journal. */
export class ProcessorSupervisor implements Lifecycle {
  readonly name = 'processor supervisor';
  private readonly options: SupervisorOptions;
  private child: ChildProcess | undefined;
  private timer: NodeJS.Timeout | undefined;
  private waitMs = LEAST_WAIT_MS;
  private stopping = false;
  private firstReport: (() => void) | undefined;
  latest: ReportMessage | undefined;
  restarts = 0;

  constructor(options: SupervisorOptions) {
    this.options = options;
  }

  /** Does not wait: records are received and kept whether the processor runs or not. */
  async start(): Promise<void> {
    this.spawn();
  }

  /** Resolves with the processor's first report, or after `ms` without one. */
  async reported(ms: number): Promise<void> {
    if (this.latest !== undefined || this.stopping) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.firstReport = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  /** What is said while no processor runs is said again soon. */
  tell(message: DiskMessage): void {
    if (this.child?.connected) this.child.send(message);
  }

  async stop(): Promise<void> {
    this.stopping = true;
    this.firstReport?.();
    clearTimeout(this.timer);
    const child = this.child;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    if (child.connected) child.send({ type: 'stop' });
    const deadline = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
    await ended;
    clearTimeout(deadline);
  }

  private spawn(): void {
    const startedAt = performance.now();
    const child = fork(this.options.module, {
      env: childEnvironment(this.options.environment),
      execArgv: [...process.execArgv, YOUNG_GENERATION],
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    this.child = child;
    child.on('message', (message) => {
      if (!isReport(message)) return;
      this.latest = message;
      this.firstReport?.();
    });
    child.on('error', (error) => this.options.events.emit('processor_ended', { reason: error.message }));
    child.on('exit', (code, signal) => {
      this.latest = undefined;
      if (this.stopping) return;
      this.restarts += 1;
      if (performance.now() - startedAt > WELL_AFTER_MS) this.waitMs = LEAST_WAIT_MS;
      this.options.events.emit('processor_ended', { code, signal, again_in_ms: this.waitMs });
      this.timer = setTimeout(() => this.spawn(), this.waitMs);
      this.waitMs = Math.min(this.waitMs * 2, MOST_WAIT_MS);
    });
  }
}
