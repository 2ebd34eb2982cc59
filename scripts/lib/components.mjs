import { spawn } from 'node:child_process';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { PINNED_NODE, ROOT, toolEnvironment } from './paths.mjs';
import { LauncherError } from './say.mjs';

const FOR_TESTS = path.join(ROOT, 'packages', 'testkit', 'src', 'setup', 'for-tests.ts');

/**
 * Installs the servers and tools that test files need and npm cannot bring. Resolves with `missing` (name, reason),
 * `ruledOut` (file, component) for the test files that can't run here, and `uses` (file, components).
 */
export async function ensureComponents() {
  const child = spawn(PINNED_NODE, [FOR_TESTS], {
    cwd: ROOT,
    env: toolEnvironment(),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  const [answer, code] = await Promise.all([text(child.stdout), ended]);
  if (code !== 0) throw new LauncherError('What the tests need could not be looked up (see above).');
  return JSON.parse(answer);
}
