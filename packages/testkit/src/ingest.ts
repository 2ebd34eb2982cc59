import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdirSync, openSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { type PipelineState, pipelineStateSchema } from '@logmaster/core/api/health';
import { dataLayout } from '@logmaster/core/config/data-layout';
import { openFileSigner } from '@logmaster/signing/file-signer';
import { openLocalTsa } from '@logmaster/signing/local-tsa';
import { isRunning, processTree } from './processes.ts';
import { ROOT } from './stack.ts';

export interface IngestOptions {
  readonly data: string;
  readonly syslogPort: number;
  readonly metricsPort: number;
  /** Default: an address where nobody answers, which ingest must live with. */
  readonly databaseUrl?: string;
  readonly segmentSeconds?: number;
  /** Further variables: other ports, folders, numbers. */
  readonly environment?: Readonly<Record<string, string>>;
}

/** The real apps/ingest in a process group of its own: collector and its processor. */
export interface IngestProcess {
  readonly pid: number;
  pipeline(): Promise<PipelineState>;
  /** SIGTERM and wait. Resolves with the exit code of the collector. */
  stop(): Promise<number>;
  /** SIGKILL to every process of the group in one call. */
  kill(): Promise<void>;
  /** SIGKILL to the main process alone. Resolves when the others have noticed and are gone, too. */
  killMain(): Promise<void>;
}

const READY_MILLIS = 60_000;
/** On a machine that starts everything at once. */
const ANSWER_MILLIS = 30_000;
const POLL_MILLIS = 20;
/** Port 9 (discard) on loopback: connections are refused at once. */
const NO_DATABASE = 'postgresql://logmaster:none@127.0.0.1:9/logmaster';

/** Makes the keys as `logmaster start` does before ingest runs. */
export async function prepareData(data: string): Promise<void> {
  const layout = dataLayout(data);
  mkdirSync(layout.logs, { recursive: true });
  await openFileSigner(layout);
  await openLocalTsa(layout);
}

/** Starts ingest on a prepared data folder and waits until its ports are open. Its log is appended to logs/ingest.log. */
export async function startIngest(options: IngestOptions): Promise<IngestProcess> {
  const log = openSync(path.join(dataLayout(options.data).logs, 'ingest.log'), 'a');
  const child = spawn(process.execPath, [path.join(ROOT, 'apps', 'ingest', 'src', 'main.ts')], {
    cwd: ROOT,
    detached: true,
    // Ingest says over IPC when its ports are open, and ends when this process is gone.
    stdio: ['ignore', log, log, 'ipc'],
    env: {
      ...process.env,
      NODE_ENV: 'production',
      LOGMASTER_DATA_DIR: options.data,
      LOGMASTER_ROOT: ROOT,
      LOGMASTER_SYSLOG_HOST: '127.0.0.1',
      LOGMASTER_SYSLOG_PORT: String(options.syslogPort),
      LOGMASTER_METRICS_PORT: String(options.metricsPort),
      LOGMASTER_SEGMENT_SECONDS: String(options.segmentSeconds ?? 3600),
      DATABASE_URL: options.databaseUrl ?? NO_DATABASE,
      ...options.environment,
    },
  });
  closeSync(log);
  const pid = child.pid;
  if (pid === undefined) throw new Error('ingest could not be started');
  const exited = once(child, 'close') as Promise<[number | null]>;

  async function kill(): Promise<void> {
    const members = processTree(pid as number).map((info) => info.pid);
    process.kill(-(pid as number), 'SIGKILL');
    await exited;
    await gone(members);
  }
  const pipeline = async () => {
    const response = await fetch(`http://127.0.0.1:${options.metricsPort}/pipeline`, {
      signal: AbortSignal.timeout(ANSWER_MILLIS),
    });
    return pipelineStateSchema.parse(await response.json());
  };
  await ready(child).catch(async (error: unknown) => {
    if (child.exitCode === null && child.signalCode === null) await kill();
    throw error;
  });
  return {
    pid,
    pipeline,
    kill,
    async killMain() {
      const members = processTree(pid).map((info) => info.pid);
      process.kill(pid, 'SIGKILL');
      await exited;
      await gone(members);
    },
    async stop() {
      const members = processTree(pid).map((info) => info.pid);
      process.kill(pid, 'SIGTERM');
      const [code] = await exited;
      await gone(members);
      return code ?? -1;
    },
  };
}

async function ready(child: ChildProcess): Promise<void> {
  const signal = AbortSignal.timeout(READY_MILLIS);
  const said = once(child, 'message', { signal });
  const ended = once(child, 'exit', { signal }).then(() => {
    throw new Error('ingest ended early; see logs/ingest.log');
  });
  // Whichever loses is of no interest any more.
  ended.catch(() => undefined);
  await Promise.race([said, ended]);
}

async function gone(pids: readonly number[]): Promise<void> {
  while (pids.some(isRunning)) await delay(POLL_MILLIS);
}

/** Waits until the pipeline's numbers satisfy `done`; throws with the last numbers after `seconds`. */
export async function untilPipeline(
  ingest: Pick<IngestProcess, 'pipeline'>,
  done: (state: PipelineState) => boolean,
  seconds = 60,
): Promise<PipelineState> {
  const deadline = Date.now() + seconds * 1000;
  for (;;) {
    const state = await ingest.pipeline();
    if (done(state)) return state;
    if (Date.now() > deadline) throw new Error(`the pipeline did not get there: ${JSON.stringify(state)}`);
    await delay(POLL_MILLIS);
  }
}

/** Numbers are as of an accounting block, one a second: only after longer than that has nothing more come. */
const QUIET_MS = 3000;

/** Is everything worked off? For `untilPipeline`, when the senders have stopped: a condition that remembers what it saw. */
export function quiet(): (state: PipelineState) => boolean {
  let last = { seen: -1, at: 0 };
  return ({ connections, pending, seen }) => {
    const now = performance.now();
    if (seen !== last.seen) last = { seen, at: now };
    return connections === 0 && pending === 0 && now - last.at > QUIET_MS;
  };
}
