// `npm run soak -- [--minutes N] [--seed S] [--rate R] [--json FILE]`: the product under load and faults at random; at
// the end the senders' ledgers, archive, index and evidence are held against each other. Exit code 1 if anything is off.
import path from 'node:path';
import { parseArgs } from 'node:util';
import { ensureInstalled } from './lib/install.mjs';
import { PINNED_NODE, ROOT, toolEnvironment } from './lib/paths.mjs';
import { run } from './lib/run.mjs';
import { LauncherError, runMain } from './lib/say.mjs';

const USAGE = 'npm run soak -- [--minutes N] [--seed S] [--rate RECORDS_A_SECOND] [--json FILE]';

function readOptions() {
  const text = { type: 'string' };
  try {
    return parseArgs({ options: { minutes: text, seed: text, rate: text, json: text } }).values;
  } catch (error) {
    throw new LauncherError(`${error.message}\n${USAGE}`);
  }
}

await runMain(async () => {
  const { json = '', ...options } = readOptions();
  await ensureInstalled();
  const runner = path.join(ROOT, 'scripts', 'lib', 'bench-runner.mjs');
  const given = Object.entries(options).map(([name, value]) => `--${name}=${value}`);
  const command = [runner, 'soak', path.join(ROOT, 'tests', 'soak', 'soak.ts'), json && path.resolve(json), ...given];
  const { code } = await run([PINNED_NODE, ...command], {
    title: 'soak',
    cwd: ROOT,
    env: toolEnvironment({ NODE_ENV: 'production' }),
    show: true,
  });
  return code;
});
