import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { type Health, healthSchema, type PipelineState, pipelineStateSchema } from '@logmaster/core/api/health';
import { ROOT } from './root.ts';

export interface IngestProgramOptions {
  readonly data: string;
  readonly metricsPort: number;
  /** Left out: the product's own, for a role that does not receive. */
  readonly syslogPort?: number;
  readonly args?: readonly string[];
  /** Of Node itself: `--import` and a module that is loaded before. */
  readonly execArgv?: readonly string[];
  /** Further variables, which go before those that are given here by default. */
  readonly environment?: Readonly<Record<string, string>>;
}

/** The real apps/ingest by its command, with nothing but its settings: as a service manager starts it on an empty folder. */
export interface IngestProgram {
  /** Of its main process, and of its process group. */
  readonly pid: number;
  /** Its exit code; null when a signal has ended it. */
  readonly exited: Promise<number | null>;
  stderr(): string;
  /** Resolves with what it says when its ports are open. Rejects with its last words when it ends before. */
  ready(): Promise<string>;
  /** Asks its metrics port. */
  get(what: string): Promise<Response>;
  pipeline(): Promise<PipelineState>;
  health(): Promise<Health>;
  /** To the main process alone. */
  signal(name: NodeJS.Signals): void;
  /** To every process of its group. */
  signalAll(name: NodeJS.Signals): void;
  /** SIGKILL to every process of its group, unless it has ended. */
  kill(): Promise<void>;
}

export function launchIngest(options: IngestProgramOptions): IngestProgram {
  const { data, metricsPort, syslogPort, args = [], execArgv = [], environment } = options;
  const program = path.join(ROOT, 'apps', 'ingest', 'src', 'main.ts');
  const child = spawn(process.execPath, [...execArgv, program, ...args], {
    detached: true,
    env: {
      PATH: process.env.PATH,
      NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE,
      LOGMASTER_DATA_DIR: data,
      LOGMASTER_SYSLOG_HOST: '127.0.0.1',
      ...(syslogPort === undefined ? {} : { LOGMASTER_SYSLOG_PORT: `${syslogPort}` }),
      LOGMASTER_METRICS_PORT: `${metricsPort}`,
      LOGMASTER_SEGMENT_SECONDS: '2',
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const { pid } = child;
  if (pid === undefined) throw new Error('ingest could not be started');
  let errors = '';
  child.stderr.setEncoding('utf8').on('data', (text) => {
    errors += text;
  });
  const said = Promise.withResolvers<string>();
  child.stdout.setEncoding('utf8').on('data', (text) => said.resolve(text));
  const exited = once(child, 'close').then(([code]) => {
    said.reject(new Error(`ingest ended early: ${errors}`));
    return code as number | null;
  });
  // Who waits for its end alone has no use for it.
  said.promise.catch(() => undefined);
  const get = (what: string) => fetch(`http://127.0.0.1:${metricsPort}/${what}`);
  const ended = () => child.exitCode !== null || child.signalCode !== null;
  return {
    pid,
    exited,
    stderr: () => errors,
    ready: () => said.promise,
    get,
    pipeline: async () => pipelineStateSchema.parse(await (await get('pipeline')).json()),
    health: async () => healthSchema.parse(await (await get('health')).json()),
    signal: (name) => void child.kill(name),
    signalAll: (name) => void process.kill(-pid, name),
    async kill() {
      if (!ended()) process.kill(-pid, 'SIGKILL');
      await exited;
    },
  };
}
