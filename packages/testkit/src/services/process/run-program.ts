import path from 'node:path';
import type { Keeper } from '../../keeper/keeper.ts';
import { ServiceError } from './service-error.ts';
import { tailOf } from './tail.ts';

const TAIL_LINES = 12;

export interface ProgramRun {
  /** The part on whose behalf it runs. */
  readonly service: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** What it writes is kept here, in `<name of the program>.log`. */
  readonly folder: string;
}

/** Runs a program to its end as the user of the servers; a ServiceError with its last words when it fails. */
export async function runProgram(keeper: Keeper, { service, command, args, env, folder }: ProgramRun): Promise<void> {
  const program = path.basename(command);
  const logFile = path.join(folder, `${program}.log`);
  const { exited } = await keeper.spawn({ command, args, env, cwd: folder, logFile });
  const { code, signal } = await exited;
  if (code === 0) return;
  const how = signal ? `was ended by ${signal}` : `ended with code ${code}`;
  throw new ServiceError(service, `${program} ${how}`, { logs: await tailOf(logFile, TAIL_LINES) });
}
