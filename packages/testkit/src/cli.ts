import { spawn } from 'node:child_process';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { ROOT } from './root.ts';

export interface CliResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `logmaster …` as npx does: the linked bin, by its own first line. */
export async function logmaster(
  args: readonly string[],
  input = '',
  environment: Readonly<Record<string, string>> = {},
): Promise<CliResult> {
  const bin = path.join(ROOT, 'node_modules', '.bin', 'logmaster');
  const child = spawn(bin, args, { cwd: ROOT, stdio: 'pipe', env: { ...process.env, ...environment } });
  child.stdin.end(input);
  const exit = new Promise<number>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve(code ?? -1));
  });
  const [code, stdout, stderr] = await Promise.all([exit, text(child.stdout), text(child.stderr)]);
  return { code, stdout, stderr };
}
