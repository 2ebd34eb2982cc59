import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { type ProcessInfo, processTree } from '@logmaster/testkit/processes';
import { ROOT } from '@logmaster/testkit/root';

/** USER_HZ is 100 on every Linux that Node runs on (man 5 proc, sysconf(_SC_CLK_TCK)). */
const TICKS_PER_SECOND = 100;

/** User and system CPU time of a process and everything under it, children that have ended included. */
export function cpuSeconds(root: number): number {
  return processTree(root).reduce((sum, { pid }) => sum + cpuSecondsOf(pid), 0);
}

function cpuSecondsOf(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
  // Fields count from behind the command's name, which may hold spaces: utime, stime, cutime, cstime are 14 to 17.
  const fields = stat
    .slice(stat.lastIndexOf(')') + 2)
    .split(' ')
    .map(Number);
  return [11, 12, 13, 14].reduce((total, at) => total + (fields[at] ?? 0), 0) / TICKS_PER_SECOND;
}

/** CPU time of the receiving workers under ingest's main process. */
export function workerCpuSeconds(root: number): number {
  return workersUnder(root).reduce((sum, { pid }) => sum + cpuSecondsOf(pid), 0);
}

const isWorker = ({ command }: ProcessInfo) => / worker$/.test(command);
const workersUnder = (root: number) => processTree(root).filter(isWorker);

const MIB = 1024 * 1024;
const LOOK_MS = 500;

/** Most resident memory while something happens, MiB: of the largest worker, and of all other processes of ingest. */
export function watchMemory(root: number): { stop(): { readonly worker: number; readonly others: number } } {
  const most = { worker: 0, others: 0 };
  const timer = setInterval(() => {
    const tree = processTree(root);
    const workers = tree.filter(isWorker).map(({ residentBytes }) => residentBytes / MIB);
    const others = tree.filter((each) => !isWorker(each)).reduce((sum, each) => sum + each.residentBytes / MIB, 0);
    most.worker = Math.max(most.worker, ...workers);
    most.others = Math.max(most.others, others);
  }, LOOK_MS);
  return {
    stop() {
      clearInterval(timer);
      return most;
    },
  };
}

export interface LoadResult {
  readonly sent: number;
  readonly seconds: number;
  /** Records it was late by at the end because the receiver held it back. */
  readonly behind: number;
  readonly cpuSeconds: number;
  /** Framing included, on average. */
  readonly bytesPerLine: number;
}

export interface LoadArguments {
  readonly port: number;
  /** 0 sends as fast as the receiver takes it. */
  readonly rate: number;
  readonly seconds: number;
  readonly connections?: number;
  /** Longest line; by default as the devices write them. */
  readonly lineBytes?: number;
  readonly framing?: 'tcp-octets' | 'tcp-lines';
}

/** Runs packages/sample's load sender in a process of its own and resolves with its counts. */
export async function runLoad({
  port,
  rate,
  seconds,
  connections = 4,
  lineBytes = 0,
  framing = 'tcp-octets',
}: LoadArguments): Promise<LoadResult> {
  return runSender(path.join(ROOT, 'packages', 'sample', 'src', 'load-main.ts'), [
    ...['--port', String(port), '--rate', String(rate)],
    ...['--seconds', String(seconds), '--connections', String(connections)],
    ...['--line-bytes', String(lineBytes), '--framing', framing],
  ]);
}

/** Runs a sender in a process of its own, so that its CPU time is not the receiver's, and resolves with what it prints. */
export async function runSender<Counts>(script: string, args: readonly string[]): Promise<Counts> {
  const child = spawn(process.execPath, [script, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  const exit = new Promise<number>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve(code ?? -1));
  });
  const [code, output] = await Promise.all([exit, text(child.stdout)]);
  if (code !== 0) throw new Error(`${path.basename(script)} ended with ${code}`);
  return JSON.parse(output) as Counts;
}
