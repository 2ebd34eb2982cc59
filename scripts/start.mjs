// `npm start`: installs and builds what is missing, then runs `logmaster start` on the pinned Node 24.
// Plain JavaScript without dependencies, because on a fresh clone there is nothing else and Node may be 20.
import path from 'node:path';
import { ensureBuilt } from './lib/build.mjs';
import { runDetached } from './lib/detached.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { PINNED_NODE, ROOT, toolEnvironment } from './lib/paths.mjs';
import { runMain } from './lib/say.mjs';

const options = process.argv.slice(2);
const onlyAsksForHelp = options.some((option) => option === '--help' || option === '-h');

await runMain(async () => {
  await ensureInstalled();
  if (!onlyAsksForHelp) await ensureBuilt();
  const main = path.join(ROOT, 'apps', 'cli', 'src', 'main.ts');
  return runDetached([PINNED_NODE, main, 'start', ...options], {
    cwd: process.cwd(),
    env: toolEnvironment({ NODE_ENV: 'production' }),
  });
});
