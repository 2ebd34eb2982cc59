import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const execute = promisify(execFile);

/** Runs a command line with sh in a folder, as a stranger would; rejects with its output when it does not exit 0. */
export async function sh(folder: string, command: string): Promise<string> {
  const { stdout, stderr } = await execute('sh', ['-c', command], { cwd: folder });
  return stdout + stderr;
}
