import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { open, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type Keeper, openKeeper } from '../keeper/keeper.ts';
import { createLoopDisk, cutPower, whyNoLoopDisk } from './loop-disk.ts';

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
  await cutPower([disk]);
  await expect(writeFile(path.join(disk.path, 'later'), '')).rejects.toMatchObject({ code: 'EIO' });
  await disk.pull();
  expect(await readdir(disk.path)).toEqual([]);
  await disk.plug();
  expect(await readdir(disk.path)).not.toContain('only written');
  expect(await readFile(path.join(disk.path, 'synced'), 'utf8')).toBe('synced');
});

/** Appends lines that are durable before they are said: the byte that the file is long then. */
const WRITER = `
  const { openSync, writeSync, fdatasyncSync } = require('node:fs');
  const file = openSync(process.argv[1], 'a');
  for (let size = 0; ; ) {
    size += writeSync(file, 'line '.repeat(500));
    fdatasyncSync(file);
    writeSync(1, size + '\\n');
  }
`;

test.skipIf(whyNoLoopDisk())('what a process said to be durable is there after its power was cut', async () => {
  const disk = await createLoopDisk(keeper, await keeper.makeFolder('writer'), 16 * 1024 * 1024);
  const file = path.join(disk.path, 'lines');
  const writer = spawn(process.execPath, ['-e', WRITER, file], {
    detached: true,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  writer.stdout.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  const closed = once(writer, 'close');
  await vi.waitUntil(() => said.length > 100, { timeout: 60_000 });
  await cutPower([disk], writer.pid);
  writer.kill('SIGKILL');
  await closed;
  await disk.pull();
  await disk.plug();
  const durable = Number(said.trimEnd().split('\n').at(-1));
  expect(durable).toBeGreaterThan(0);
  expect((await stat(file)).size).toBeGreaterThanOrEqual(durable);
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
