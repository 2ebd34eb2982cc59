import { processNumbers, statOf } from '../../keeper/proc.ts';

/** Whether anything of a process group still runs, its leader or not. Zombies hold neither ports nor files. */
export function groupLives(leader: number): boolean {
  return processNumbers()
    .map(statOf)
    .some(([state, , group]) => Number(group) === leader && state !== 'Z');
}
