// `npm run cluster -- up|down|status|logs NAME|url|env|test`: LogMaster on real servers, see packages/testkit/src/cluster.
import path from 'node:path';
import { ensureBuilt } from './lib/build.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { PINNED_NODE, ROOT, toolEnvironment } from './lib/paths.mjs';
import { run } from './lib/run.mjs';
import { runMain } from './lib/say.mjs';

const args = process.argv.slice(2);
const MAIN = path.join(ROOT, 'packages', 'testkit', 'src', 'cluster', 'main.ts');
const VITEST = path.join(ROOT, 'node_modules', 'vitest', 'vitest.mjs');
const TEST = [VITEST, 'run', '--project', 'e2e', 'tests/e2e/cluster.e2e.test.ts'];

await runMain(async () => {
  await ensureInstalled();
  if (args[0] === 'up' || args[0] === 'test') await ensureBuilt();
  const { code } = await run([PINNED_NODE, ...(args[0] === 'test' ? TEST : [MAIN, ...args])], {
    title: 'cluster',
    cwd: ROOT,
    env: toolEnvironment({ NODE_ENV: args[0] === 'test' ? 'test' : 'production' }),
    show: true,
  });
  return code;
});
