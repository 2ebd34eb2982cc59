import { open, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Keeper, openKeeper } from '../keeper/keeper.ts';
import { createLoopDisk, whyNoLoopDisk } from './loop-disk.ts';

let keeper: Keeper;
beforeAll(async () => {
  keeper = await openKeeper('test-loop-disk');
});
afterAll(() => keeper.close());

async function writeSynced(folder: string, name: string): Promise<void> {
  const file = await open(path.join(folder, name), 'w');
  await file.writeFile(name);
  await file.sync();
  await file.close();
  const parent = await open(folder, 'r');
  await parent.sync();
  await parent.close();
}

test.skipIf(whyNoLoopDisk())('a power cut takes what was not synced, and nothing else', async () => {
  const disk = await createLoopDisk(keeper, await keeper.makeFolder('cut'), 16 * 1024 * 1024);
  await writeSynced(disk.path, 'synced');
  await writeFile(path.join(disk.path, 'only written'), 'lost');
  await disk.cutPower();
  await expect(writeFile(path.join(disk.path, 'later'), '')).rejects.toMatchObject({ code: 'EIO' });
  await disk.pull();
  expect(await readdir(disk.path)).toEqual([]);
  await disk.plug();
  expect(await readdir(disk.path)).not.toContain('only written');
  expect(await readFile(path.join(disk.path, 'synced'), 'utf8')).toBe('synced');
});

test.skipIf(whyNoLoopDisk())('a disk that is read-only can be read, and be made writable again', async () => {
  const disk = await createLoopDisk(keeper, await keeper.makeFolder('ro'), 16 * 1024 * 1024);
  await writeSynced(disk.path, 'there');
  await disk.readOnly();
  await expect(writeFile(path.join(disk.path, 'more'), '')).rejects.toMatchObject({ code: 'EROFS' });
  expect(await readFile(path.join(disk.path, 'there'), 'utf8')).toBe('there');
  await disk.writable();
  await writeFile(path.join(disk.path, 'more'), '');
});
