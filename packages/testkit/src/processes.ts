import { readFileSync } from 'node:fs';
import { ofProcess, processNumbers } from './keeper/proc.ts';

export interface ProcessInfo {
  readonly pid: number;
  readonly parent: number;
  /** Resident set, bytes. Pages shared between processes are counted in each. */
  readonly residentBytes: number;
  /** Proportional set, bytes: shared pages are divided among those who share them. */
  readonly proportionalBytes: number;
  readonly command: string;
}

function field(text: string, name: string): number {
  return Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(text)?.[1] ?? 0);
}

/** A process that ends while it is read is left out. */
function readProcess(pid: number): ProcessInfo | undefined {
  return ofProcess(() => {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    if (/^State:\s+[ZX]/m.test(status)) return undefined;
    return {
      pid,
      parent: field(status, 'PPid'),
      residentBytes: field(status, 'VmRSS') * 1024,
      proportionalBytes: field(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'), 'Pss') * 1024,
      command: readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim(),
    };
  });
}

/** `root` and everything under it, through /proc (Linux). Sessions and process groups don't matter. */
export function processTree(root: number): readonly ProcessInfo[] {
  const all = processNumbers()
    .map(readProcess)
    .filter((info) => info !== undefined);
  const found = all.filter(({ pid }) => pid === root);
  for (const info of found) found.push(...all.filter(({ parent }) => parent === info.pid));
  return found;
}

export function isRunning(pid: number): boolean {
  return readProcess(pid) !== undefined;
}

/** Undefined when there is no such process (any more). */
export function commandOf(pid: number): string | undefined {
  return readProcess(pid)?.command;
}
