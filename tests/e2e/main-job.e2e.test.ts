import { cp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { logmaster } from '@logmaster/testkit/cli';
import { remove, type Stack, startStack, temporaryData } from '@logmaster/testkit/stack';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { mainJob } from './main-job.ts';

/** The main job on one machine: `npm start -- --sample`, a browser, the API, offline verification. */

const PATIENCE = { timeout: 120_000, interval: 250 };
const SEGMENT_SECONDS = 8;

let data: string;
let stack: Stack;

beforeAll(async () => {
  data = await temporaryData();
  stack = await startStack({ data, args: ['--sample', '--segment-seconds', `${SEGMENT_SECONDS}`] });
});
afterAll(async () => {
  await stack?.kill();
  await remove(data);
});

describe('browser and API', () => {
  mainJob(() => ({
    url: stack.url,
    password: stack.password,
    localTsa: true,
    logmaster: (args) => logmaster([...args, '--data', data]),
  }));
});

/** Sealed folders below `folder`: those with a seal. */
async function sealedFolders(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter(({ name }) => name === 'seal.sha256')
    .map(({ parentPath }) => parentPath)
    .sort();
}

test('logmaster verify holds, and names every file that was changed and every gap', async () => {
  const archive = path.join(data, 'archive');
  await vi.waitFor(async () => {
    const folders = await sealedFolders(path.join(archive, 'unassigned'));
    expect(folders.length).toBeGreaterThanOrEqual(4);
  }, PATIENCE);
  expect(await stack.stop()).toBe(0);
  const whole = await logmaster(['verify', archive]);
  expect(whole.stderr + whole.stdout).toContain('It holds.');
  expect(whole.code).toBe(0);
  expect(whole.stdout).toMatch(/[\d,]+ segments/);
  expect(whole.stdout).toMatch(/[\d,]+ records/);
  expect(whole.stdout).toMatch(/period \d{4}-\d\d-\d\dT/);
  expect(whole.stdout).toContain('not a legal time-stamp');
  const json = JSON.parse((await logmaster(['verify', archive, '--json'])).stdout);
  expect(json.holds).toBe(true);
  const findings = json.findings as readonly { kind: string; severity: string; path: string }[];
  // What was sealed as the product stopped has its time-stamp after the next start: a site's newest segment, if any.
  const waiting = findings.filter(({ kind }) => kind === 'unstamped');
  for (const { path: folder, severity } of waiting) {
    expect(severity).toBe('notice');
    const [site = ''] = folder.split('/');
    expect(path.join(archive, folder)).toBe((await sealedFolders(path.join(archive, site))).at(-1));
  }
  expect(findings.filter((one) => !waiting.includes(one))).toMatchObject([{ kind: 'local-stamp', severity: 'notice' }]);

  const folders = await sealedFolders(path.join(archive, 'unassigned'));
  const victim = folders[1] ?? '';
  for (const name of await readdir(victim)) {
    const file = path.join(victim, name);
    const original = await readFile(file);
    const altered = Buffer.from(original);
    const middle = altered.length >> 1;
    altered[middle] = (altered[middle] ?? 0) ^ 1;
    await writeFile(file, altered);
    const broken = await logmaster(['verify', archive]);
    expect(broken.code, `${name} was changed`).toBe(1);
    expect(broken.stdout, `${name} is named`).toContain(name);
    await writeFile(file, original);
  }
  expect((await logmaster(['verify', archive])).code, 'everything was put back').toBe(0);

  const aside = `${data}-aside`;
  await cp(victim, aside, { recursive: true });
  await rm(victim, { recursive: true });
  const gap = await logmaster(['verify', archive]);
  await rm(aside, { recursive: true });
  expect(gap.code).toBe(1);
  expect(gap.stdout).toMatch(/FAILURE {2}gap/);
});
