import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { open } from 'node:fs/promises';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';

test('a log that can not be written, because its disk is full, ends nobody', async () => {
  const module = pathToFileURL(path.join(import.meta.dirname, 'logger.ts')).href;
  const script = `
    const { createLogger } = await import(${JSON.stringify(module)});
    const logger = createLogger('test', 'info');
    for (let line = 0; line < 3; line++) logger.info({ line }, 'there is no room for this');
    process.stdout.write('alive');`;
  const full = await open('/dev/full', 'w');
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['ignore', 'pipe', full.fd] });
  const [said, [code]] = await Promise.all([text(child.stdout as NodeJS.ReadableStream), once(child, 'close')]);
  await full.close();
  expect([said, code]).toEqual(['alive', 0]);
});
