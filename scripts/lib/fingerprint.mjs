import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { CACHE, ROOT } from './paths.mjs';

/** Outputs and tests don't change what is built. */
const IGNORED_FOLDERS = new Set(['node_modules', '.next', '.turbo', 'generated', 'bench']);
const IGNORED_FILES = /(\.test\.tsx?|\.tsbuildinfo|^next-env\.d\.ts|^README\.md)$/;

function* files(target) {
  const stat = statSync(target, { throwIfNoEntry: false });
  if (stat?.isFile()) yield target;
  if (!stat?.isDirectory()) return;
  for (const entry of readdirSync(target, { withFileTypes: true })) {
    const full = path.join(target, entry.name);
    if (entry.isDirectory() && !IGNORED_FOLDERS.has(entry.name)) yield* files(full);
    else if (entry.isFile() && !IGNORED_FILES.test(entry.name)) yield full;
  }
}

/** SHA-256 over names and contents of the given files and folders (relative to the checkout), in a fixed order. */
export function fingerprint(targets) {
  const hash = createHash('sha256');
  const all = targets.flatMap((target) => [...files(path.join(ROOT, target))]).sort();
  for (const file of all) {
    const content = readFileSync(file);
    hash.update(`${path.relative(ROOT, file)}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex');
}

/** What was remembered under a name, or undefined. */
export async function readStamp(name) {
  return readFile(path.join(CACHE, `${name}.stamp`), 'utf8').catch((error) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
}

export async function writeStamp(name, value) {
  const file = path.join(CACHE, `${name}.stamp`);
  await mkdir(CACHE, { recursive: true });
  await writeFile(`${file}.new`, value);
  await rename(`${file}.new`, file);
}
