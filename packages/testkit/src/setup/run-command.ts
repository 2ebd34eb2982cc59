import { spawn } from 'node:child_process';

/** Enough of a failed command's output to see why. */
const TAIL_BYTES = 4_000;

export class CommandFailed extends Error {
  override readonly name = 'CommandFailed';
}

export interface CommandOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** Runs a program to its end. Throws CommandFailed with its last words. */
export async function runCommand(
  command: string,
  args: readonly string[],
  { cwd, env = {} }: CommandOptions = {},
): Promise<void> {
  const child = spawn(command, args, {
    cwd,
    env: { ...process.env, LC_ALL: 'C.UTF-8', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let tail = '';
  const keep = (chunk: string) => {
    tail = (tail + chunk).slice(-TAIL_BYTES);
  };
  child.stdout.setEncoding('utf8').on('data', keep);
  child.stderr.setEncoding('utf8').on('data', keep);
  const how = await new Promise<string | undefined>((resolve) => {
    child.once('error', (error) => resolve(`can not be run (${error.message})`));
    child.once('close', (code, signal) =>
      resolve(code === 0 ? undefined : signal ? `was ended by ${signal}` : `ended with code ${code}`),
    );
  });
  if (how === undefined) return;
  const last = tail.trimEnd().split('\n').slice(-8).join('\n    ');
  throw new CommandFailed(`${[command, ...args].join(' ')} ${how}${last ? `\n    ${last}` : ''}`);
}
