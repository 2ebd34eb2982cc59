#!/usr/bin/env node
// `npx logmaster …`: runs apps/cli/src/main.ts on the pinned Node 24, whatever Node npx was started with.
// It is the bin of this workspace and not of the root package, because npx links node_modules/.bin of workspaces but
// would first install a root package that has a bin of that name into its own cache.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { runDetached } from '../../../scripts/lib/detached.mjs';
import { PINNED_NODE, toolEnvironment } from '../../../scripts/lib/paths.mjs';
import { LauncherError, runMain } from '../../../scripts/lib/say.mjs';

const main = fileURLToPath(new URL(path.posix.join('..', 'src', 'main.ts'), import.meta.url));
const args = process.argv.slice(2);

await runMain(async () => {
  if (!existsSync(PINNED_NODE)) throw new LauncherError('LogMaster is not installed here yet: run npm install first.');
  const command = [PINNED_NODE, main, ...args];
  const env = toolEnvironment({ NODE_ENV: 'production' });
  if (args[0] === 'start') return runDetached(command, { cwd: process.cwd(), env });
  const child = spawn(command[0], command.slice(1), { env, stdio: 'inherit' });
  // Both processes get the terminal's Ctrl-C; only the child decides what it means.
  process.on('SIGINT', () => child.killed);
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => resolve(code ?? (signal ? 130 : 1)));
  });
});
