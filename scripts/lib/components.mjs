import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from './paths.mjs';
import { run } from './run.mjs';
import { say } from './say.mjs';

/**
 * Programs that tests use and npm cannot bring. `usedBy` finds the test files that need one, so that on a machine
 * without it exactly those are left out, by name.
 */
const COMPONENTS = [
  { name: 'chromium', commands: ['chromium', 'chromium-browser', 'google-chrome'], usedBy: /testkit\/browser['"]/ },
  { name: 'openssl', commands: ['openssl'], usedBy: /['"`]openssl['"` ]/ },
  { name: 'zstd', commands: ['zstd'], usedBy: /['"`]zstd['"` ]/ },
];
/** Without a font the pages in screenshots are empty boxes. */
const PACKAGES = { chromium: ['chromium', 'fonts-dejavu-core'] };

const POLICY = '/usr/sbin/policy-rc.d';

function isInstalled({ commands }) {
  return commands.some((command) =>
    (process.env.PATH ?? '').split(path.delimiter).some((folder) => canRun(folder, command)),
  );
}

function canRun(folder, command) {
  try {
    accessSync(path.join(folder, command), constants.X_OK);
    return true;
  } catch {
    // Not there, or not for us: the next folder may have it.
    return false;
  }
}

/** Installs Debian packages without letting any of them start a service. */
async function aptInstall(packages) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const apt = (args, title) => run(['apt-get', '-q', '-y', '-o', 'DPkg::Lock::Timeout=300', ...args], { title, env });
  const ownPolicy = !existsSync(POLICY);
  if (ownPolicy) writeFileSync(POLICY, '#!/bin/sh\nexit 101\n', { mode: 0o755 });
  try {
    const install = () => apt(['install', '--no-install-recommends', ...packages], 'apt-get install');
    if ((await install()).code === 0) return;
    await apt(['update'], 'apt-get update');
    const again = await install();
    if (again.code !== 0) say(again.tail);
  } finally {
    if (ownPolicy) rmSync(POLICY);
  }
}

/** Installs what is missing where that is possible; resolves with the components that could not be had. */
export async function ensureComponents() {
  const missing = () => COMPONENTS.filter((component) => !isInstalled(component));
  const wanted = missing();
  if (wanted.length === 0) return [];
  const canInstall = process.getuid?.() === 0 && spawnSync('apt-get', ['--version']).status === 0;
  const packages = wanted.flatMap(({ name }) => PACKAGES[name] ?? [name]);
  if (canInstall) {
    say(`Installing what the tests need: ${packages.join(', ')} …`);
    await aptInstall(packages);
  }
  return missing();
}

function* testFiles(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const full = path.join(folder, entry.name);
    if (entry.isDirectory() && !['node_modules', '.next', 'generated'].includes(entry.name)) yield* testFiles(full);
    else if (entry.isFile() && /\.test\.tsx?$/.test(entry.name)) yield full;
  }
}

/** Test files that a missing component rules out, as [{ file, component }], relative to the checkout. */
export function ruledOut(missing) {
  if (missing.length === 0) return [];
  const found = [];
  for (const folder of ['apps', 'packages', 'tests'].map((name) => path.join(ROOT, name))) {
    for (const file of testFiles(folder)) {
      const text = readFileSync(file, 'utf8');
      const component = missing.find(({ usedBy }) => usedBy.test(text));
      if (component) found.push({ file: path.relative(ROOT, file), component: component.name });
    }
  }
  return found;
}
