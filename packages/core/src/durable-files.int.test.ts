import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { replaceFile } from './durable-files.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'durable-files-'));
});
afterEach(() => rm(folder, { recursive: true }));

it.each([{ soleWriter: true }, { soleWriter: false }])(
  'replaces a file and leaves nothing else: %o',
  async (options) => {
    const file = path.join(folder, 'secret');
    await writeFile(file, 'old');
    await replaceFile(file, 'new', { mode: 0o600, ...options });
    expect(await readFile(file, 'utf8')).toBe('new');
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(await readdir(folder)).toEqual(['secret']);
  },
);

it('leaves nothing behind when it fails', async () => {
  const file = path.join(folder, 'taken');
  await mkdir(path.join(file, 'in the way'), { recursive: true });
  await expect(replaceFile(file, 'new', { mode: 0o640 })).rejects.toThrow();
  expect(await readdir(folder)).toEqual(['taken']);
});

it('keeps one whole text of several writers', async () => {
  const file = path.join(folder, 'key');
  const texts = Array.from({ length: 20 }, (_, index) => `${index}`.repeat(50_000));
  await Promise.all(texts.map((text) => replaceFile(file, text, { mode: 0o600 })));
  expect(texts).toContain(await readFile(file, 'utf8'));
  expect(await readdir(folder)).toEqual(['key']);
});

it('a sole writer takes over what a killed process left', async () => {
  const file = path.join(folder, 'checkpoint');
  await writeFile(path.join(folder, '.checkpoint.tmp'), 'torn');
  await replaceFile(file, 'whole', { mode: 0o640, soleWriter: true });
  expect(await readdir(folder)).toEqual(['checkpoint']);
});
