import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { freePorts } from './free-ports.ts';
import { commandOf, isRunning, type ProcessInfo, processTree } from './processes.ts';

export const ROOT = path.resolve(import.meta.dirname, '..', '..', '..');

export interface StackPorts {
  readonly web: number;
  readonly syslog: number;
  readonly syslogTls: number;
  readonly relp: number;
  readonly beats: number;
  readonly metrics: number;
  readonly postgres: number;
}

export interface StackOptions {
  /** Data folder; a temporary one, removed by `remove`, when left out. */
  readonly data?: string;
  readonly ports?: StackPorts;
  /** Further options of `npm start`. */
  readonly args?: readonly string[];
}

/** A running `npm start`. */
export interface Stack {
  readonly url: string;
  /** The first admin's one-time password, when this start made the admin. */
  readonly password: string | undefined;
  readonly ports: StackPorts;
  readonly data: string;
  /** Everything it has printed, both streams. */
  output(): string;
  processes(): readonly ProcessInfo[];
  /** Ctrl-C as a terminal sends it: SIGINT to npm and the launcher. Resolves with npm's exit code. */
  stop(): Promise<number>;
  /** SIGKILL to every process at once. */
  kill(): Promise<void>;
}

const READY = /^LogMaster is ready at (\S+)$/m;
const PASSWORD = /^\s*Password\s+(\S+)$/m;
/** A cold start on a busy machine, the build included. */
const READY_MS = 280_000;
const GONE_MS = 60_000;
const POLL_MS = 50;

export async function choosePorts(): Promise<StackPorts> {
  const [web = 0, syslog = 0, syslogTls = 0, relp = 0, beats = 0, metrics = 0, postgres = 0] = await freePorts(7);
  return { web, syslog, syslogTls, relp, beats, metrics, postgres };
}

export async function temporaryData(): Promise<string> {
  return mkdtemp(path.join(tmpdir(), 'logmaster-stack-'));
}

export async function remove(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
}

/** Runs `npm start` to its end or until it is told to stop; for starts that are expected to be refused. */
export function launch(data: string, ports: StackPorts, args: readonly string[] = []) {
  const { npm_execpath: npm, ...environment } = process.env;
  const command = npm && /npm-cli\.c?js$/.test(npm) ? [process.execPath, npm] : ['npm'];
  const [program = '', ...prefix] = command;
  const child = spawn(
    program,
    [
      ...prefix,
      ...['start', '--', '--data', data, '--syslog-host', '127.0.0.1'],
      ...['--port', `${ports.web}`, '--syslog-port', `${ports.syslog}`],
      ...['--syslog-tls-port', `${ports.syslogTls}`, '--relp-port', `${ports.relp}`, '--beats-port', `${ports.beats}`],
      ...['--metrics-port', `${ports.metrics}`, '--postgres-port', `${ports.postgres}`],
      ...args,
    ],
    { cwd: ROOT, env: { ...environment, NODE_ENV: '' }, detached: true, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (chunk) => {
    text += chunk;
  });
  child.stderr.setEncoding('utf8').on('data', (chunk) => {
    text += chunk;
  });
  const exited = new Promise<number>((resolve) => child.once('close', (code) => resolve(code ?? -1)));
  return { child, output: () => text, exited };
}

async function untilGone(pids: readonly number[]): Promise<void> {
  const deadline = Date.now() + GONE_MS;
  while (pids.some(isRunning)) {
    if (Date.now() > deadline) throw new Error(`processes ${pids.filter(isRunning).join(', ')} are still there`);
    await delay(POLL_MS);
  }
}

async function untilReady(child: ChildProcess, output: () => string): Promise<string> {
  const deadline = Date.now() + READY_MS;
  for (;;) {
    const url = READY.exec(output())?.[1];
    if (url !== undefined) return url;
    if (child.exitCode !== null || child.signalCode !== null) throw new Error(`npm start ended early:\n${output()}`);
    if (Date.now() > deadline) throw new Error(`npm start did not get ready:\n${output()}`);
    await delay(POLL_MS);
  }
}

/** Starts LogMaster as people do and waits for its ready line. */
export async function startStack(options: StackOptions = {}): Promise<Stack> {
  const data = options.data ?? (await temporaryData());
  const ports = options.ports ?? (await choosePorts());
  const { child, output, exited } = launch(data, ports, options.args);
  const pid = child.pid ?? 0;
  /** Every process seen so far: one whose parent was killed no longer hangs on the tree. */
  const seen = new Map<number, string>();
  const processes = () => {
    const tree = processTree(pid);
    for (const info of tree) seen.set(info.pid, info.command);
    return tree;
  };

  async function kill(): Promise<void> {
    processes();
    const pids = [...seen].filter(([each, command]) => commandOf(each) === command).map(([each]) => each);
    for (const each of pids) if (isRunning(each)) process.kill(each, 'SIGKILL');
    await untilGone(pids);
  }
  const url = await untilReady(child, output).catch(async (error) => {
    await kill();
    throw error;
  });
  return {
    url,
    password: PASSWORD.exec(output())?.[1],
    ports,
    data,
    output,
    processes,
    kill,
    async stop() {
      const pids = processes().map((info) => info.pid);
      if (child.exitCode === null) process.kill(-pid, 'SIGINT');
      const code = await exited;
      await untilGone(pids);
      return code;
    },
  };
}
