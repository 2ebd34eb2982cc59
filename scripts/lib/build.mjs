import { existsSync } from 'node:fs';
import path from 'node:path';
import { fingerprint, readStamp, writeStamp } from './fingerprint.mjs';
import { withLock } from './lock.mjs';
import { PINNED_NODE, ROOT, toolEnvironment } from './paths.mjs';
import { mustRun } from './run.mjs';
import { say } from './say.mjs';

/** What generated code and the built web app are made of. */
const GENERATE_INPUTS = ['package-lock.json', 'turbo.json', 'packages/db', 'packages/search/src/query'];
const WEB_PACKAGES = ['core', 'telemetry', 'db', 'parsers', 'pipeline', 'search', 'signing'];
const BUILD_INPUTS = [
  ...['package-lock.json', 'turbo.json', 'tsconfig.base.json', 'apps/web'],
  ...WEB_PACKAGES.map((name) => `packages/${name}`),
];

const GENERATED = ['packages/db/src/generated', 'packages/search/src/query/generated/parser.ts'];
const BUILT = [...GENERATED, 'apps/web/.next/BUILD_ID'];

const TURBO = path.join(ROOT, 'node_modules', 'turbo', 'bin', 'turbo');

/**
 * Runs turbo tasks unless the inputs are those of the last time and the outputs are still there. The check reads a
 * few hundred small files; turbo itself is not started for it.
 */
async function ensure(name, { tasks, inputs, outputs, message, afterwards }) {
  const wanted = fingerprint(inputs);
  const isDone = async () =>
    (await readStamp(name)) === wanted && outputs.every((file) => existsSync(path.join(ROOT, file)));
  if (await isDone()) return;
  await withLock('build', async () => {
    if (await isDone()) return;
    say(message);
    const { seconds } = await mustRun(
      [PINNED_NODE, TURBO, 'run', ...tasks, '--output-logs=errors-only', '--no-color'],
      {
        title: `turbo run ${tasks.join(' ')}`,
        cwd: ROOT,
        env: toolEnvironment({ NODE_ENV: 'production' }),
      },
    );
    await afterwards?.();
    await writeStamp(name, wanted);
    say(`  done in ${seconds} s`);
  });
}

/** See warm.mjs. */
async function warmCompileCache() {
  const warm = path.join(ROOT, 'scripts', 'lib', 'warm.mjs');
  await mustRun([PINNED_NODE, warm], { title: 'loading LogMaster once', cwd: ROOT, env: toolEnvironment() });
}

/** Generated sources: database client, query parser. */
export function ensureGenerated() {
  return ensure('generate', {
    tasks: ['generate'],
    inputs: GENERATE_INPUTS,
    outputs: GENERATED,
    message: 'Generating the database client and the query parser …',
  });
}

/** Generated sources and the built web app. */
export function ensureBuilt() {
  return ensure('build', {
    tasks: ['generate', 'build'],
    inputs: BUILD_INPUTS,
    outputs: BUILT,
    message: 'Building the web application (about a minute) …',
    afterwards: warmCompileCache,
  });
}
