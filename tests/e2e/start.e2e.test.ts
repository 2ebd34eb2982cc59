import { once } from 'node:events';
import { createServer } from 'node:net';
import { pipeline, search } from '@logmaster/testkit/api';
import { logmaster } from '@logmaster/testkit/cli';
import { changeFirstPassword } from '@logmaster/testkit/first-sign-in';
import { isRunning } from '@logmaster/testkit/processes';
import {
  choosePorts,
  launch,
  remove,
  type Stack,
  type StackPorts,
  startStack,
  temporaryData,
} from '@logmaster/testkit/stack';
import { numberedLines, sendLines } from '@logmaster/testkit/syslog-sender';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';

/** `npm start` as people meet it: the real launcher, real processes, real sockets. */

const PATIENCE = { timeout: 60_000, interval: 100 };

let data: string;
let ports: StackPorts;
let stack: Stack | undefined;

beforeEach(async () => {
  data = await temporaryData();
  ports = await choosePorts();
});
afterEach(async () => {
  await stack?.kill();
  stack = undefined;
  await remove(data);
});

async function start(): Promise<Stack> {
  stack = await startStack({ data, ports });
  return stack;
}

/** Signs in for the first time, then makes a token: both survive restarts. */
async function newToken(running: Stack): Promise<string> {
  await changeFirstPassword(running, 'correct horse battery staple');
  const { code, stdout, stderr } = await logmaster([
    'token',
    'create',
    '--user',
    'admin',
    '--name',
    'e2e',
    '--data',
    data,
  ]);
  expect(stderr + stdout, 'the token stands alone on stdout').toMatch(/^\S+\n$/);
  expect(code).toBe(0);
  return stdout.trim();
}

async function untilFound(running: Stack, token: string, q: string, count: number): Promise<void> {
  await vi.waitFor(
    async () => expect((await search(running, token, { q })).total).toEqual({ value: count, exact: true }),
    PATIENCE,
  );
}

test('what was received is searchable, survives Ctrl-C, and the next start finds it', async () => {
  const first = await start();
  expect(first.password).toMatch(/^\S{12,}$/);
  expect(first.output().match(/^LogMaster is ready at /gm)).toHaveLength(1);
  const token = await newToken(first);
  await sendLines(ports.syslog, numberedLines('beforestop', 500));
  await vi.waitFor(async () => expect((await pipeline(first)).journaled).toBe(500), PATIENCE);
  expect(await first.stop()).toBe(0);
  expect(first.output()).toContain('LogMaster has stopped; everything it received is stored.');

  const second = await start();
  expect(second.password, 'the one-time password is shown once').toBeUndefined();
  expect(second.output(), 'nothing is built again').not.toMatch(/Installing|Building/);
  await untilFound(second, token, 'beforestop', 500);
});

test('after SIGKILL of every process the next start recovers what was journaled, once', async () => {
  const first = await start();
  const token = await newToken(first);
  await sendLines(ports.syslog, numberedLines('beforekill', 500));
  await vi.waitFor(async () => expect((await pipeline(first)).journaled).toBe(500), PATIENCE);
  await first.kill();

  const second = await start();
  await untilFound(second, token, 'beforekill', 500);
  await sendLines(ports.syslog, numberedLines('afterkill', 10));
  await untilFound(second, token, 'afterkill', 10);
  await untilFound(second, token, 'beforekill', 500);
});

test('a second start on the same data says so and leaves the first alone', async () => {
  const first = await start();
  const second = launch(data, await choosePorts());
  expect(await second.exited).toBe(3);
  expect(second.output()).toMatch(/Another LogMaster is running on this data folder: process \d+ has /);
  expect(second.output()).not.toContain('LogMaster is ready');
  await pipeline(first);
});

test('a taken port is named with the option that moves it', async () => {
  const other = createServer().listen(ports.web, '127.0.0.1');
  await once(other, 'listening');
  const refused = launch(data, ports);
  expect(await refused.exited).toBe(3);
  expect(refused.output()).toContain(`web port ${ports.web} on 127.0.0.1 is used by another program`);
  expect(refused.output()).toContain('choose another with --port N');
  other.close();
});

test('when the launcher is killed everything else stops', async () => {
  const running = await start();
  const tree = running.processes();
  const launcher = tree.find(({ command }) => command.startsWith('node scripts/start.mjs'));
  expect(launcher).toBeDefined();
  process.kill(launcher?.pid ?? 0, 'SIGKILL');
  const others = tree.filter(({ pid }) => pid !== launcher?.pid);
  const alive = () => others.filter(({ pid }) => isRunning(pid)).map(({ command }) => command);
  await vi.waitFor(() => expect(alive()).toEqual([]), PATIENCE);
});
