import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { serviceAccount } from '../../keeper/account.ts';

const run = promisify(execFile);

interface Program {
  readonly command: string;
  readonly args: readonly string[];
}

let allowed: Promise<boolean> | undefined;
/** Takes root, and in a container the right to make namespaces. */
function isAllowed(): Promise<boolean> {
  allowed ??= run('unshare', ['--ipc', 'true']).then(
    () => true,
    () => false,
  );
  return allowed;
}

/**
 * The same program in an IPC namespace of its own, still as the servers' user and with the same process number. System
 * V shared memory and semaphores outlive a program that is killed, unless their namespace goes with it. Where that is
 * not allowed the program runs as it is: a killed one then leaves some kilobytes until the machine is booted.
 */
export async function inOwnIpc(program: Program): Promise<Program & { readonly asRoot?: boolean }> {
  const account = await serviceAccount();
  if (!account || !(await isAllowed())) return program;
  const identity = [`--reuid=${account.uid}`, `--regid=${account.gid}`, '--clear-groups'];
  return {
    command: 'unshare',
    args: ['--ipc', '--', 'setpriv', ...identity, '--', program.command, ...program.args],
    asRoot: true,
  };
}
