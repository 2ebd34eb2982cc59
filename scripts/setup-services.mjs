// `npm run setup:services [NAME…]`: see packages/testkit/src/setup/main.ts.
import path from 'node:path';
import { ensureInstalled } from './lib/install.mjs';
import { PINNED_NODE, ROOT, toolEnvironment } from './lib/paths.mjs';
import { run } from './lib/run.mjs';
import { runMain } from './lib/say.mjs';

await runMain(async () => {
  await ensureInstalled();
  const main = path.join(ROOT, 'packages', 'testkit', 'src', 'setup', 'main.ts');
  const { code } = await run([PINNED_NODE, main, ...process.argv.slice(2)], {
    title: 'setup:services',
    cwd: ROOT,
    env: toolEnvironment(),
    show: true,
  });
  return code;
});
