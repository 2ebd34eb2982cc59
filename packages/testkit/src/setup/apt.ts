import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { runCommand } from './run-command.ts';

/** Debian asks this file whether a package may start its service: 101 says no. */
const POLICY = '/usr/sbin/policy-rc.d';
const OPTIONS = ['-q', '-y', '-o', 'DPkg::Lock::Timeout=600'];

let updated: Promise<void> | undefined;
/** The package lists of a machine may be old or empty; once a run is enough. */
function updateLists(): Promise<void> {
  updated ??= runCommand('apt-get', ['-q', 'update']);
  return updated;
}

async function withoutStartingServices(work: () => Promise<void>): Promise<void> {
  const ownPolicy = !existsSync(POLICY);
  if (ownPolicy) writeFileSync(POLICY, '#!/bin/sh\nexit 101\n', { mode: 0o755 });
  try {
    await work();
  } finally {
    if (ownPolicy) rmSync(POLICY, { force: true });
  }
}

/** Installs Debian packages and starts none of their services. Needs root. */
export async function aptInstall(packages: readonly string[]): Promise<void> {
  await withoutStartingServices(async () => {
    const install = () =>
      runCommand('apt-get', [...OPTIONS, 'install', '--no-install-recommends', '--no-upgrade', ...packages], {
        env: { DEBIAN_FRONTEND: 'noninteractive' },
      });
    try {
      await install();
    } catch {
      // Old lists are the usual reason; the second failure is the one that is told.
      await updateLists();
      await install();
    }
  });
}

/** Unpacks Debian packages into a folder, without their scripts and without installing them. */
export async function aptUnpack(packages: readonly string[], folder: string): Promise<void> {
  const scratch = await mkdtemp(path.join(tmpdir(), 'logmaster-debs-'));
  try {
    // apt downloads as its own user where it can; a folder it may not enter is only a warning.
    const download = () => runCommand('apt-get', ['-q', 'download', ...packages], { cwd: scratch });
    await download().catch(async () => {
      await updateLists();
      await download();
    });
    await mkdir(folder, { recursive: true });
    const files = (await readdir(scratch)).filter((name) => name.endsWith('.deb'));
    for (const file of files) await runCommand('dpkg-deb', ['-x', path.join(scratch, file), folder]);
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}
