import { type ChildProcess, fork } from 'node:child_process';
import { AppError } from '@logmaster/core/errors';
import type { SocketName } from '@logmaster/pipeline/collector/collector-options';
import type { SenderOrders } from '@logmaster/pipeline/disk/orders';
import type { Events } from '@logmaster/telemetry/events';
import type { FromWorker, ToWorker } from './worker-messages.ts';
import type { WorkerTotals } from './worker-totals.ts';

export interface WorkerSlotOptions {
  /** `w0`, `w1`, … */
  readonly worker: string;
  readonly module: string;
  /** Descriptors in this process, by port. */
  readonly sockets: ReadonlyMap<SocketName, number>;
  /** This one counts what the kernel drops on the shared UDP socket. */
  readonly countsDrops: boolean;
  readonly totals: WorkerTotals;
  readonly events: Events;
}

const LEAST_WAIT_MS = 250;
const MOST_WAIT_MS = 15_000;
/** A worker that has lived this long was well: the next wait is short again. */
const WELL_AFTER_MS = 30_000;
/** A worker that stops writes what it holds; then it is ended. */
const STOP_MS = 15_000;
/** stdin, stdout, stderr and the channel come before the sockets. */
const FIRST_SOCKET_FD = 4;

/** A process on its way through `standing-by`, `ready` and its end. */
class Life {
  readonly child: ChildProcess;
  readonly standingBy: Promise<void>;
  readonly ready: Promise<void>;
  readonly ended: Promise<string>;
  readonly startedAt = performance.now();

  constructor(child: ChildProcess, onReport: (message: Extract<FromWorker, { type: 'report' }>) => void) {
    this.child = child;
    const standingBy = Promise.withResolvers<void>();
    const ready = Promise.withResolvers<void>();
    const ended = Promise.withResolvers<string>();
    child.on('message', (message: FromWorker) => {
      if (message.type === 'report') onReport(message);
      else if (message.type === 'standing-by') standingBy.resolve();
      else if (message.type === 'ready') ready.resolve();
      else fail(new AppError(message.code, { ...(message.detail === undefined ? {} : { detail: message.detail }) }));
    });
    const fail = (error: Error) => {
      standingBy.reject(error);
      ready.reject(error);
    };
    child.on('error', (error) => fail(error));
    // `close`: what it still said has been heard.
    child.on('close', (code, signal) => {
      fail(new AppError('INTERNAL', { detail: `a receiving process ended with ${signal ?? code}` }));
      ended.resolve(String(signal ?? code));
    });
    for (const promise of [standingBy.promise, ready.promise]) promise.catch(() => undefined);
    this.standingBy = standingBy.promise;
    this.ready = ready.promise;
    this.ended = ended.promise;
  }

  tell(message: ToWorker): void {
    if (this.child.connected) this.child.send(message);
  }

  async stop(handover: boolean): Promise<void> {
    this.tell({ type: 'stop', handover });
    const deadline = setTimeout(() => this.child.kill('SIGKILL'), STOP_MS);
    await this.ended;
    clearTimeout(deadline);
  }
}

/** Keeps one receiving worker running. Its sockets stay open whatever becomes of it: what arrives meanwhile waits in the kernel. */
export class WorkerSlot {
  private readonly options: WorkerSlotOptions;
  private life: Life | undefined;
  private timer: NodeJS.Timeout | undefined;
  private waitMs = LEAST_WAIT_MS;
  private stopping = false;
  private rolling: Promise<void> | undefined;
  private orders: SenderOrders | undefined;
  restarts = 0;

  constructor(options: WorkerSlotOptions) {
    this.options = options;
  }

  /** Throws what kept the worker from opening. */
  async start(): Promise<void> {
    await this.open(this.spawn());
  }

  /** A new worker boots, the old one stops, the new one takes its place: the ports are without a reader for moments. */
  async roll(): Promise<void> {
    this.rolling ??= this.replace().finally(() => {
      this.rolling = undefined;
    });
    await this.rolling;
  }

  reload(): void {
    this.life?.tell({ type: 'reload' });
  }

  /** Also for the lives to come. */
  slow(orders: SenderOrders): void {
    this.orders = orders;
    this.life?.tell({ type: 'slow', orders });
  }

  async stop(): Promise<void> {
    this.stopping = true;
    clearTimeout(this.timer);
    await this.life?.stop(false);
  }

  get pid(): number | undefined {
    return this.life?.child.pid;
  }

  private async replace(): Promise<void> {
    const old = this.life;
    // One that is between two lives will be new anyway.
    if (this.stopping || old === undefined) return;
    const next = this.spawn();
    try {
      await next.standingBy;
    } catch (error) {
      this.options.events.emit('worker_ended', { worker: this.options.worker, reason: String(error) });
      return;
    }
    this.life = undefined;
    await old.stop(true);
    this.options.totals.end();
    if (this.stopping) await next.stop(true);
    else await this.open(next).catch(() => undefined);
  }

  private spawn(): Life {
    const { module, sockets, totals } = this.options;
    const child = fork(module, ['worker'], {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc', ...sockets.values()],
      serialization: 'advanced',
    });
    return new Life(child, ({ report }) => totals.take(report));
  }

  private async open(life: Life): Promise<void> {
    const { worker, sockets, countsDrops, totals, events } = this.options;
    this.life = life;
    void life.ended.then((how) => this.ended(life, how));
    await life.standingBy;
    life.tell({
      type: 'open',
      worker,
      sockets: Object.fromEntries([...sockets.keys()].map((name, index) => [name, FIRST_SOCKET_FD + index])),
      accountedTo: totals.accountedTo,
      countedDrops: countsDrops ? totals.countedDrops : undefined,
    });
    if (this.orders !== undefined) life.tell({ type: 'slow', orders: this.orders });
    await life.ready;
    events.emit('worker_started', { worker, pid: life.child.pid });
  }

  /** Called for each end; those that were asked for are no longer `this.life`. */
  private ended(life: Life, how: string): void {
    if (this.life !== life) return;
    this.life = undefined;
    this.options.totals.end();
    if (this.stopping) return;
    this.restarts += 1;
    if (performance.now() - life.startedAt > WELL_AFTER_MS) this.waitMs = LEAST_WAIT_MS;
    this.options.events.emit('worker_ended', { worker: this.options.worker, how, again_in_ms: this.waitMs });
    // What keeps it from opening shows as its end, which is tried again.
    this.timer = setTimeout(() => void this.start().catch(() => undefined), this.waitMs);
    this.waitMs = Math.min(this.waitMs * 2, MOST_WAIT_MS);
  }
}
