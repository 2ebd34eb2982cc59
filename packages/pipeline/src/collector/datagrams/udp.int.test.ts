import { type ChildProcess, fork } from 'node:child_process';
import dgram from 'node:dgram';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { freePorts } from '@logmaster/testkit/free-ports';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { CollectorState } from '../collector.ts';

let folder: string;
let child: ChildProcess;
let port = 0;
beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'collector-udp-'));
  [port = 0] = await freePorts(1);
  const options = { node: 'node1', worker: 'w0', journalFolder: folder, syslogHost: '127.0.0.1', syslogPort: port };
  child = fork(path.join(import.meta.dirname, '..', '..', 'testing', 'collector-child.ts'), [JSON.stringify(options)]);
  await once(child, 'message');
});
afterEach(async () => {
  if (child.exitCode === null && child.signalCode === null) {
    child.kill('SIGKILL');
    await once(child, 'exit');
  }
  await rm(folder, { recursive: true, force: true });
});

async function state(): Promise<CollectorState> {
  const answer = once(child, 'message');
  child.send('state');
  return (await answer)[0] as CollectorState;
}
const eventually = <T>(read: () => T) => expect.poll(read, { timeout: 60_000, interval: 50 });

async function send(count: number, from: number): Promise<void> {
  const socket = dgram.createSocket('udp4');
  const padding = 'x'.repeat(600);
  for (let i = from; i < from + count; i++) {
    await new Promise<void>((resolve, reject) => {
      socket.send(`<134>${padding} number=${i}`, port, '127.0.0.1', (error) => (error ? reject(error) : resolve()));
    });
  }
  socket.close();
}

test('what the kernel drops while the receiver stands still is counted exactly: seen + nothing else = sent', async () => {
  const { udp } = await state();
  const most = Number(await readFile('/proc/sys/net/core/rmem_max', 'utf8'));
  expect(udp.askedBytes).toBe(8 * 1024 * 1024);
  expect(udp.grantedBytes).toBe(Math.min(most, udp.askedBytes));
  // Each takes more room than its bytes; this many do not fit in any case.
  const sent = Math.ceil((udp.grantedBytes * 2) / 600) + 5000;
  child.kill('SIGSTOP');
  await send(sent, 0);
  child.kill('SIGCONT');
  await eventually(async () => (await state()).seen).toBe(sent);
  const after = await state();
  expect(after.dropped['kernel-buffer-full']).toBeGreaterThan(1000);
  expect(after.udp.kernelDrops).toBe(after.dropped['kernel-buffer-full']);
  await eventually(async () => (await state()).journaled).toBe(sent - (after.dropped['kernel-buffer-full'] ?? 0));

  // A second time: only what is new is counted.
  await send(100, sent);
  await eventually(async () => (await state()).journaled).toBe(sent + 100 - (after.dropped['kernel-buffer-full'] ?? 0));
  expect((await state()).seen).toBe(sent + 100);
});
