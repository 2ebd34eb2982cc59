import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import type { CliResult } from '../cli.ts';
import { ROOT } from '../root.ts';

/** `npm run cluster -- …` as a person runs it, to its end. npm's own words are left out. */
export async function cluster(args: readonly string[]): Promise<CliResult> {
  const { npm_execpath: npm, ...environment } = process.env;
  const command = npm && /npm-cli\.c?js$/.test(npm) ? [process.execPath, npm] : ['npm'];
  const [program = '', ...prefix] = command;
  const child = spawn(program, [...prefix, 'run', '--silent', 'cluster', '--', ...args], {
    cwd: ROOT,
    env: { ...environment, NODE_ENV: '' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const exit = new Promise<number>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve(code ?? -1));
  });
  const [code, stdout, stderr] = await Promise.all([exit, text(child.stdout), text(child.stderr)]);
  return { code, stdout, stderr };
}
