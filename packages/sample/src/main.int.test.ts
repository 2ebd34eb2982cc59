import { spawn } from 'node:child_process';
import { once } from 'node:events';
import net from 'node:net';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';

const MAIN = path.join(import.meta.dirname, 'main.ts');

function start(...args: string[]) {
  const child = spawn(process.execPath, [MAIN, ...args], { stdio: 'pipe' });
  const exit = once(child, 'close') as Promise<[number | null]>;
  return { child, exit, stdout: text(child.stdout), stderr: text(child.stderr) };
}

test.each([
  [['--rate', 'many'], '--rate'],
  [['--transport', 'pigeon'], '--transport'],
])('wrong use %j is named and exits with 2', async (args, named) => {
  const run = start(...args);
  expect((await run.exit)[0]).toBe(2);
  expect(await run.stderr).toContain(named);
});

test('runs for --seconds and prints what each device sent', async () => {
  const received: Buffer[] = [];
  const server = net.createServer((socket) => socket.on('data', (chunk) => received.push(chunk)));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as net.AddressInfo;
  const run = start(
    '--port',
    `${port}`,
    '--rate',
    '500',
    '--seconds',
    '0.3',
    '--transport',
    'tcp-lines',
    '--rhythm',
    'flat',
  );
  expect((await run.exit)[0]).toBe(0);
  const counts = JSON.parse(await run.stdout) as Record<string, { handed: number; uncertain: number }>;
  const handed = Object.values(counts).reduce((sum, each) => sum + each.handed, 0);
  const closed = once(server, 'close');
  server.close();
  await closed;
  expect(Object.keys(counts)).toEqual(['FGT-IST-A', 'FGT-IST-B', 'ANK-ASA-01', 'IZM-MT-01', 'IST-CORE-01']);
  expect(Buffer.concat(received).toString().split('\n').length - 1).toBe(handed);
  expect(handed).toBeGreaterThan(100);
});

test('SIGTERM ends it in order also while it looks for a receiver', async () => {
  const server = net.createServer((socket) => socket.destroy());
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as net.AddressInfo;
  const run = start('--port', `${port}`, '--transport', 'tcp-lines');
  await once(server, 'connection');
  server.close();
  run.child.kill('SIGTERM');
  expect((await run.exit)[0]).toBe(0);
});
