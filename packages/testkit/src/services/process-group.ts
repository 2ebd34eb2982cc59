import { readdirSync, readFileSync } from 'node:fs';

/** proc_pid_stat(5) behind the name, which may contain anything: state, parent, group. */
function statOf(pid: string): readonly string[] {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'latin1');
    return text.slice(text.lastIndexOf(')') + 2).split(' ');
  } catch (error) {
    if (['ENOENT', 'ESRCH'].includes(String((error as NodeJS.ErrnoException).code))) return [];
    throw error;
  }
}

/** Whether anything of a process group still runs, its leader or not. Zombies hold neither ports nor files. */
export function groupLives(leader: number): boolean {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(statOf)
    .some(([state, , group]) => Number(group) === leader && state !== 'Z');
}
