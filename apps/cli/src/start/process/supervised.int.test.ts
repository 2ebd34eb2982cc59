import type { ChildProcess } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type ProcessSpec, type SupervisorContext, supervised } from './supervised.ts';

let folder: string;
let said: string[];
let context: SupervisorContext;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'logmaster-supervised-'));
  said = [];
  context = { say: (text) => said.push(text), signal: new AbortController().signal, children: new Set<ChildProcess>() };
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** A child that marks `ready-file` when it runs, and does `more`. */
function spec(more: string, overrides: Partial<ProcessSpec> = {}): ProcessSpec {
  const marker = path.join(folder, 'ready');
  const code = `require('node:fs').writeFileSync(${JSON.stringify(marker)}, String(process.pid)); ${more}`;
  return {
    name: 'child',
    args: ['--eval', code],
    cwd: folder,
    env: process.env,
    logFile: path.join(folder, 'child.log'),
    // The file is there before its content is.
    isReady: async () => (await pid()) > 0,
    readyTimeoutMs: 60_000,
    stopTimeoutMs: 60_000,
    ...overrides,
  };
}

const STAYS = 'setInterval(() => undefined, 60_000);';
const pid = async () => Number(await readFile(path.join(folder, 'ready'), 'utf8').catch(() => '0'));

test('a child that is killed is started again, and that is said', async () => {
  const part = supervised(spec(STAYS), context);
  await part.start();
  const first = await pid();
  process.kill(first, 'SIGKILL');
  await vi.waitFor(async () => expect([0, first]).not.toContain(await pid()), 60_000);
  expect(said.join('\n')).toContain('child was ended by SIGKILL; it is started again in 1 s');
  await part.stop();
  expect(context.children.size).toBe(0);
});

test('a child that ends before it is ready fails the start with its last words', async () => {
  const failing = spec("console.error('port 514 is not mine'); process.exit(7);", { isReady: async () => false });
  await expect(supervised(failing, context).start()).rejects.toThrow(
    /child ended with code 7[\s\S]*port 514 is not mine/,
  );
});

test('a child that ignores SIGTERM is killed after its time', async () => {
  const stubborn = spec(`process.on('SIGTERM', () => undefined); ${STAYS}`, { stopTimeoutMs: 200 });
  const part = supervised(stubborn, context);
  await part.start();
  await part.stop();
  expect(said.join('\n')).toContain('did not stop within 0.2 s and was killed');
});

test('warnings of the child are shown once, everything is in the log file', async () => {
  const warn = JSON.stringify({ level: 40, msg: 'index is behind', err: { message: 'disk full' } });
  const info = JSON.stringify({ level: 30, msg: 'hello' });
  const lines = [info, warn, warn, 'plain words'].map((line) => `console.error(${JSON.stringify(line)});`);
  const part = supervised(spec(lines.join('') + STAYS), context);
  await part.start();
  await vi.waitFor(() => expect(said).toEqual(['child: index is behind (disk full)']), 60_000);
  const logged = () => readFile(path.join(folder, 'child.log'), 'utf8');
  await vi.waitFor(async () => expect(await logged()).toContain('plain words\n'), 60_000);
  await part.stop();
  expect((await logged()).split('\n')).toEqual([info, warn, warn, 'plain words', '']);
});
