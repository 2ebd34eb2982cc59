import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, open, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { ARCHIVE_MARKER } from '@logmaster/signing/archive-marker';
import { afterEach, expect, test } from 'vitest';
import { Archive } from './archive.ts';

let folder: string;
afterEach(() => rm(folder, { recursive: true, force: true }));

async function sealedFolder(): Promise<string> {
  const sealed = path.join(folder, 'sealed');
  await mkdir(sealed);
  await writeFile(path.join(sealed, 'manifest.json'), 'evidence');
  return sealed;
}

test('a folder goes into the archive whose marker was read, although another one is at its path by then', async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'archive-'));
  const root = path.join(folder, 'archive');
  const archive = new Archive(root, path.join(folder, 'marker'));
  await archive.check();
  // Its marker waits for whoever writes it: so long the disk can be pulled.
  const marker = await readFile(path.join(root, ARCHIVE_MARKER));
  await rm(path.join(root, ARCHIVE_MARKER));
  await promisify(execFile)('mkfifo', [path.join(root, ARCHIVE_MARKER)]);
  const published = archive.publish(await sealedFolder(), 'site/2026/11/26/node1-00000001');
  const writer = await open(path.join(root, ARCHIVE_MARKER), 'w');
  const pulled = path.join(folder, 'pulled');
  await rename(root, pulled);
  await mkdir(root);
  await writer.writeFile(marker);
  await writer.close();
  await published;
  expect(await readdir(root)).toEqual([]);
  const there = path.join(pulled, 'site/2026/11/26/node1-00000001/manifest.json');
  expect(await readFile(there, 'utf8')).toBe('evidence');
});

test('errors name the archive by the path that it was given', async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'archive-'));
  const root = path.join(folder, 'archive');
  const archive = new Archive(root, path.join(folder, 'marker'));
  await archive.check();
  await writeFile(path.join(root, 'site'), 'a file where a folder is to be');
  const published = archive.publish(await sealedFolder(), 'site/x');
  await expect(published).rejects.toMatchObject({
    code: 'ARCHIVE_UNAVAILABLE',
    detail: expect.stringContaining(path.join(root, 'site')),
  });
  await writeFile(path.join(root, ARCHIVE_MARKER), 'no marker');
  await expect(archive.check()).rejects.toMatchObject({ detail: `the marker ${root}/${ARCHIVE_MARKER} is damaged` });
});

test('an archive without its marker gets nothing', async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'archive-'));
  const root = path.join(folder, 'archive');
  const archive = new Archive(root, path.join(folder, 'marker'));
  await archive.check();
  await rm(root, { recursive: true });
  await mkdir(root);
  const sealed = await sealedFolder();
  await expect(archive.publish(sealed, 'site/x')).rejects.toMatchObject({ code: 'ARCHIVE_UNAVAILABLE' });
  expect(await readdir(root)).toEqual([]);
  expect(await readdir(sealed)).toEqual(['manifest.json']);
});
