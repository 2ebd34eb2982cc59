import { mkdtemp, readdir, readFile, rm, stat, truncate } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openLogFile } from './log-file.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'logmaster-log-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test('a full file is turned, the newest old one is .1, and three are kept', async () => {
  const file = path.join(folder, 'web.log');
  for (let round = 0; round < 6; round++) {
    const log = openLogFile(file);
    log.write(`round ${round}`);
    log.close();
    // Full, without writing 10 MiB: the hole counts.
    await truncate(file, 10 * 1024 * 1024);
  }
  const log = openLogFile(file);
  log.write('last');
  log.close();
  expect((await readdir(folder)).sort()).toEqual(['web.log', 'web.log.1', 'web.log.2', 'web.log.3']);
  expect(await readFile(file, 'utf8')).toBe('last\n');
  expect((await readFile(`${file}.1`, 'latin1')).startsWith('round 5\n')).toBe(true);
  expect((await stat(file)).mode & 0o007).toBe(0);
});
