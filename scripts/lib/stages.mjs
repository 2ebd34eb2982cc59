import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { PINNED_NODE, ROOT, toolEnvironment } from './paths.mjs';
import { run } from './run.mjs';
import { say } from './say.mjs';

const bin = (...parts) => path.join(ROOT, 'node_modules', ...parts);
const RESULTS = path.join(ROOT, 'test-results');
/** Tests start hundreds of processes from TypeScript: each takes half the time when others have compiled it. */
const COMPILE_CACHE = path.join(ROOT, 'node_modules', '.cache', 'node');
/** Into a file or a pipe no colours are written, also where CI=true makes tools think of a terminal. */
const COLOURS = process.stdout.isTTY ? {} : { NO_COLOR: '1', FORCE_COLOR: '0' };
const BIOME_COLOURS = process.stdout.isTTY ? [] : ['--colors=off'];

/** A tool that either passes or fails: counted as one check. */
async function check(name, command, env = {}) {
  say(`\n── ${name}`);
  const { code } = await run([PINNED_NODE, ...command], {
    title: name,
    cwd: ROOT,
    env: toolEnvironment({ ...COLOURS, ...env }),
    show: true,
  });
  return code === 0 ? { passed: 1, failed: 0, skipped: 0 } : { passed: 0, failed: 1, skipped: 0, failures: [name] };
}

function sum(counts) {
  const total = { passed: 0, failed: 0, skipped: 0 };
  for (const count of counts) for (const key of Object.keys(total)) total[key] += count[key];
  return { ...total, failures: counts.flatMap(({ failures = [] }) => failures) };
}

/** Names of a report's failed tests, and of files that failed as a whole, each with the first line of its reason. */
function failuresOf({ testResults }) {
  return testResults.flatMap(({ name, status, message, assertionResults }) => {
    const file = path.relative(ROOT, name);
    const failed = assertionResults.filter((test) => test.status === 'failed');
    if (failed.length === 0) return status === 'failed' ? [`${file}: ${firstLine(message)}`] : [];
    return failed.map(({ fullName, failureMessages }) => `${file} > ${fullName}: ${firstLine(failureMessages[0])}`);
  });
}

const firstLine = (text = '') => text.trimStart().split('\n', 1)[0];

/** Runs a vitest project and reads its counts. A run that breaks off, or finds no test, is a failure. */
async function vitest(project, excluded, more = []) {
  say(`\n── ${project} tests`);
  mkdirSync(RESULTS, { recursive: true });
  const file = path.join(RESULTS, `${project}.json`);
  rmSync(file, { force: true });
  const args = ['run', '--project', project, '--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
  const { code } = await run(
    [PINNED_NODE, bin('vitest', 'vitest.mjs'), ...args, ...more, ...excluded.flatMap((name) => ['--exclude', name])],
    {
      title: `${project} tests`,
      cwd: ROOT,
      env: toolEnvironment({ ...COLOURS, NODE_ENV: 'test', NODE_COMPILE_CACHE: COMPILE_CACHE }),
      show: true,
    },
  );
  let report;
  try {
    report = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    say(`${project}: vitest left no report (${error.message})`);
    return { passed: 0, failed: 1, skipped: 0, failures: [`${project}: no report`] };
  }
  const counts = {
    passed: report.numPassedTests,
    failed: report.numFailedTests,
    skipped: report.numPendingTests + report.numTodoTests,
    failures: failuresOf(report),
  };
  const broken = counts.failed === 0 && (code !== 0 || counts.passed === 0);
  if (!broken) return counts;
  const failures = counts.failures.length > 0 ? counts.failures : [`${project}: vitest ended with code ${code}`];
  return { ...counts, failed: 1, failures };
}

/** No core is left free, as vitest does by default: nobody watches meanwhile. */
const ALL_CORES = [`--maxWorkers=${os.availableParallelism()}`];

const TSC = bin('typescript', 'bin', 'tsc');
const TURBO = [bin('turbo', 'bin', 'turbo'), 'run'];
const QUIET = ['--output-logs=errors-only', '--no-color'];

/** In the order they run: what fails fast comes first. Each gives { passed, failed, skipped, failures }. */
export function stages(excluded) {
  return {
    lint: async () =>
      sum([
        await check('biome', [bin('@biomejs', 'biome', 'bin', 'biome'), 'ci', ...BIOME_COLOURS, '.']),
        await check('import rules', [
          bin('dependency-cruiser', 'bin', 'dependency-cruiser.mjs'),
          '--config',
          '.dependency-cruiser.cjs',
          ...['apps', 'packages', 'tests', 'scripts'],
        ]),
        await check('unused code', [bin('knip', 'bin', 'knip.js')]),
      ]),
    // A program for each set of options, not for each workspace: those read each other's sources again and again.
    typecheck: async () =>
      sum(
        await Promise.all([
          check('types of the workspaces', [TSC, '-p', 'tsconfig.workspaces.json']),
          check('types of the web application', [TSC, '-p', 'apps/web']),
          check('types of the tests', [TSC, '-p', 'tests']),
        ]),
      ),
    unit: () => vitest('unit', excluded, ALL_CORES),
    build: () => check('build', [...TURBO, 'build', ...QUIET], { NODE_ENV: 'production' }),
    integration: () => vitest('integration', excluded, ALL_CORES),
    // The cluster's file takes as long as all others together; a third would only make the servers of all slower.
    e2e: () => vitest('e2e', excluded, ['--maxWorkers=2']),
  };
}
