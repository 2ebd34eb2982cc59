import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/** Undefined for a process that ends while it is read, is a zombie, or that we may not read: it is none of ours. */
export function ofProcess<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (['ENOENT', 'ESRCH', 'EACCES'].includes(String((error as NodeJS.ErrnoException).code))) return undefined;
    throw error;
  }
}

/** Of all processes of the machine (Linux). */
export function processNumbers(): readonly number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number);
}

/** proc_pid_stat(5) behind the name, which may contain anything: state, parent, group. Empty when it can't be read. */
export function statOf(pid: number): readonly string[] {
  const text = ofProcess(() => readFileSync(`/proc/${pid}/stat`, 'latin1'));
  return text === undefined ? [] : text.slice(text.lastIndexOf(')') + 2).split(' ');
}

export function workingFolderOf(pid: number): string | undefined {
  return ofProcess(() => readlinkSync(`/proc/${pid}/cwd`));
}

/** `NAME=value` each. */
export function environmentOf(pid: number): readonly string[] {
  return ofProcess(() => readFileSync(`/proc/${pid}/environ`, 'latin1'))?.split('\0') ?? [];
}
