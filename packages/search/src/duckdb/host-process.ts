import { type ChildProcess, fork } from 'node:child_process';
import { AppError } from '@logmaster/core/errors';
import type { Logger } from '@logmaster/telemetry/logger';
import {
  type FromHost,
  type HostAnswer,
  type HostMethod,
  type HostOpen,
  type ToHost,
  unpackFault,
} from './host-protocol.ts';

/** A stop that the host does not answer within this ends in SIGKILL. */
const STOP_LIMIT_MS = 3000;
/** Past its own time limit and this, a search is taken for stuck and the host is replaced. */
const STUCK_AFTER_MS = 10_000;

interface Pending {
  readonly resolve: (answer: HostAnswer) => void;
  readonly reject: (error: AppError) => void;
  readonly watchdog: NodeJS.Timeout;
}

/** One run of the host process. When it ends, whatever it was doing fails with SEARCH_UNAVAILABLE. */
export class HostProcess {
  readonly ready: Promise<void>;
  readonly ended: Promise<void>;
  readonly #child: ChildProcess;
  readonly #pending = new Map<number, Pending>();
  readonly #timeLimitMs: number;
  #nextId = 1;
  #alive = true;

  constructor(hostModule: string, open: HostOpen, logger: Logger) {
    this.#timeLimitMs = open.timeLimitMs;
    this.#child = fork(hostModule, [], {
      execPath: process.execPath,
      // the parent's flags (a debugger port, a bundler's loader) are not for this process
      execArgv: ['--disable-warning=ExperimentalWarning'],
      serialization: 'advanced',
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    let opened: () => void;
    let failed: (error: AppError) => void;
    this.ready = new Promise((resolve, reject) => {
      opened = resolve;
      failed = reject;
    });
    this.ready.catch(() => undefined);
    this.ended = new Promise((resolve) => {
      const end = (reason: string, error?: Error) => {
        if (!this.#alive) return;
        this.#alive = false;
        const fault = new AppError('SEARCH_UNAVAILABLE', {
          detail: `the search engine ended (${reason})`,
          cause: error,
        });
        failed(fault);
        for (const id of [...this.#pending.keys()]) this.#settle(id)?.reject(fault);
        resolve();
      };
      this.#child.once('error', (error) => end(error.message, error));
      this.#child.once('exit', (code, signal) => end(signal ?? `exit code ${code}`));
    });
    this.#child.on('message', (message: FromHost) => {
      if (message.kind === 'ready') return opened();
      const waiting = this.#settle(message.id);
      if (message.kind === 'result') return waiting?.resolve({ value: message.value, notices: message.notices });
      if (message.fault.cause) logger.warn({ fault: message.fault }, 'a search failed');
      waiting?.reject(unpackFault(message.fault));
    });
    this.#send(open);
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  get alive(): boolean {
    return this.#alive;
  }

  #send(message: ToHost): void {
    // a failed send means the channel is closed; the exit event settles everything
    if (this.#alive && this.#child.connected) this.#child.send(message, () => undefined);
  }

  #settle(id: number): Pending | undefined {
    const waiting = this.#pending.get(id);
    if (waiting) clearTimeout(waiting.watchdog);
    this.#pending.delete(id);
    return waiting;
  }

  call(method: HostMethod, args: readonly unknown[], signal: AbortSignal | undefined): Promise<HostAnswer> {
    if (!this.#alive) return Promise.reject(new AppError('SEARCH_UNAVAILABLE', { detail: 'the search engine ended' }));
    const id = this.#nextId++;
    return new Promise((resolve, reject) => {
      const cancel = () => this.#send({ kind: 'cancel', id });
      const done = () => signal?.removeEventListener('abort', cancel);
      this.#pending.set(id, {
        resolve: (answer) => {
          done();
          resolve(answer);
        },
        reject: (error) => {
          done();
          reject(error);
        },
        // generous: the queue's waiting time counts here, not in the host
        watchdog: setTimeout(() => this.#child.kill('SIGKILL'), this.#timeLimitMs * 10 + STUCK_AFTER_MS).unref(),
      });
      signal?.addEventListener('abort', cancel, { once: true });
      this.#send({ kind: 'call', id, method, arguments: args });
    });
  }

  async stop(): Promise<void> {
    if (!this.#alive) return;
    const killer = setTimeout(() => this.#child.kill('SIGKILL'), STOP_LIMIT_MS);
    if (this.#child.connected) this.#child.disconnect();
    await this.ended;
    clearTimeout(killer);
  }
}
