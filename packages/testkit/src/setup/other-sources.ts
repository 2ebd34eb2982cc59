import { globSync } from 'node:fs';
import { chmod, cp, mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { servicesCacheFolder } from './cache-folder.ts';
import { findProgram } from './presence.ts';
import { runCommand } from './run-command.ts';

/** A scratch folder in the cache, on its file system, so that what is complete is moved into place by one rename. */
async function inScratch<T>(work: (scratch: string) => Promise<T>): Promise<T> {
  const cache = servicesCacheFolder();
  await mkdir(cache, { recursive: true, mode: 0o755 });
  const scratch = await mkdtemp(path.join(cache, '.new-'));
  await chmod(scratch, 0o755);
  try {
    return await work(scratch);
  } finally {
    // Go keeps its module cache read-only.
    await runCommand('chmod', ['-R', 'u+w', scratch]);
    await rm(scratch, { recursive: true, force: true });
  }
}

async function moveIntoPlace(from: string, to: string): Promise<void> {
  await rm(to, { recursive: true, force: true });
  await mkdir(path.dirname(to), { recursive: true, mode: 0o755 });
  await rename(from, to);
}

/** Fetches a zip from Maven Central by the ordinary client and unpacks it. Its one top folder becomes `folder`. */
export function mavenUnpack(artifact: string, folder: string): Promise<void> {
  if (findProgram('mvn') === undefined) throw new Error('mvn is not on this machine (Debian package maven)');
  return inScratch(async (scratch) => {
    const repository = path.join(scratch, 'repository');
    await runCommand('mvn', [
      ...['-q', '-B', `-Dmaven.repo.local=${repository}`],
      ...['dependency:get', `-Dartifact=${artifact}`, '-Dtransitive=false'],
    ]);
    const [group = '', name = '', version = ''] = artifact.split(':');
    const [zip] = globSync(path.join(repository, ...group.split('.'), name, version, '*.zip'));
    if (zip === undefined) throw new Error(`Maven brought no zip of ${artifact}`);
    const unpacked = path.join(scratch, 'unpacked');
    await runCommand('unzip', ['-q', zip, '-d', unpacked]);
    const [top = ''] = await readdir(unpacked);
    await runCommand('chmod', ['-R', 'a+rX', unpacked]);
    await moveIntoPlace(path.join(unpacked, top), path.join(servicesCacheFolder(), folder));
  });
}

/** Go's own folders in the scratch, so that nothing of a build stays. Names what it is about to do wrong early. */
function goEnvironment(scratch: string): Readonly<Record<string, string>> {
  if (findProgram('go') === undefined) throw new Error('go is not on this machine (1.26 or later is needed)');
  const at = (name: string) => path.join(scratch, name);
  return { GOBIN: at('bin'), GOCACHE: at('cache'), GOPATH: at('path'), GOFLAGS: '-mod=mod' };
}

async function takePrograms(scratch: string): Promise<void> {
  const bin = path.join(scratch, 'bin');
  for (const name of await readdir(bin)) {
    await chmod(path.join(bin, name), 0o755);
    await moveIntoPlace(path.join(bin, name), path.join(servicesCacheFolder(), 'bin', name));
  }
}

/** Builds a program of a public Go module and puts it into `<cache>/bin`. Takes minutes. */
export function goInstall(module: string): Promise<void> {
  return inScratch(async (scratch) => {
    await runCommand('go', ['install', module], { cwd: scratch, env: goEnvironment(scratch) });
    await takePrograms(scratch);
  });
}

/** Builds the Go program of a folder, which may not be written to, and puts it into `<cache>/bin`. */
export function goBuild(source: string): Promise<void> {
  return inScratch(async (scratch) => {
    const env = goEnvironment(scratch);
    const copy = path.join(scratch, 'source');
    await cp(source, copy, { recursive: true });
    await mkdir(path.join(scratch, 'bin'));
    await runCommand('go', ['build', '-o', path.join(scratch, 'bin', path.basename(source)), '.'], { cwd: copy, env });
    await takePrograms(scratch);
  });
}
