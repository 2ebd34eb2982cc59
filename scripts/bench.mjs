// `npm run bench -- NAME [--json FILE]`: runs one benchmark on the pinned Node 24 and prints its table.
import path from 'node:path';
import { ensureBuilt } from './lib/build.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { PINNED_NODE, ROOT, toolEnvironment } from './lib/paths.mjs';
import { run } from './lib/run.mjs';
import { LauncherError, runMain } from './lib/say.mjs';

/** Each module's default export is `run(): Promise<{ name, value, unit, goal, holds }[]>`. */
const BENCHES = {
  ingest: 'tests/bench/ingest.ts',
  pipeline: 'tests/bench/pipeline.ts',
  parsers: 'packages/parsers/bench/parsers.ts',
  search: 'packages/search/bench/search.ts',
  evidence: 'tests/bench/evidence.ts',
  web: 'tests/bench/web.ts',
};

await runMain(async () => {
  const [name, ...rest] = process.argv.slice(2);
  const file = BENCHES[name];
  const jsonAt = rest.indexOf('--json');
  const json = jsonAt === -1 ? undefined : rest[jsonAt + 1];
  if (file === undefined || (jsonAt !== -1 && json === undefined)) {
    throw new LauncherError(
      `npm run bench -- NAME [--json FILE], where NAME is one of ${Object.keys(BENCHES).join(', ')}`,
    );
  }
  await ensureInstalled();
  await ensureBuilt();
  const runner = path.join(ROOT, 'scripts', 'lib', 'bench-runner.mjs');
  const { code } = await run(
    [PINNED_NODE, runner, name, path.join(ROOT, file), ...(json ? [path.resolve(json)] : [])],
    {
      title: `bench ${name}`,
      cwd: ROOT,
      env: toolEnvironment({ NODE_ENV: 'production' }),
      show: true,
    },
  );
  return code;
});
