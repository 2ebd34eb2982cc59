import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Finding, VerificationReport, VerifyOptions } from '../contracts.ts';
import { buildArchive, type Keys, makeKeys } from '../testing/sealed-archive.ts';
import { verifyPath, verifySegment } from './verify.ts';

/** A whole archive verified, then each file of it changed, removed, swapped in turn. */

let keys: Keys;
let archive: string;

beforeAll(async () => {
  keys = await makeKeys();
  archive = await buildArchive(keys);
});
afterAll(async () => {
  await rm(archive, { recursive: true });
  await rm(keys.root, { recursive: true });
});

const DAY = 'istanbul/2026/11/19/node1';
const SEGMENTS = 'istanbul/2026/11/21';
const NOT_OF_A_DAY = /^(?!.*\d{4}\/\d\d\/\d\d)/;
const ONE_OF_EACH = new RegExp(`${NOT_OF_A_DAY.source}|^${DAY}/|^${SEGMENTS}/node1-00000050/`);

function failures(report: VerificationReport): Finding[] {
  return report.findings.filter((finding) => finding.severity === 'failure');
}

async function files(): Promise<string[]> {
  const entries = await readdir(archive, { recursive: true, withFileTypes: true });
  return entries.filter((e) => e.isFile()).map((e) => path.relative(archive, path.join(e.parentPath, e.name)));
}

/** Puts other bytes into a file while `use` runs. */
async function withChanged(file: string, changed: Buffer, use: () => Promise<void>): Promise<void> {
  const original = await readFile(file);
  await writeFile(file, changed);
  await use().finally(() => writeFile(file, original));
}

function flipped(original: Buffer, at: number): Buffer {
  const changed = Buffer.from(original);
  changed[at] = (changed[at] as number) ^ (1 << (at % 8));
  return changed;
}

/** Runs `use` on a copy of the archive. */
async function onCopy(use: (copy: string) => Promise<void>): Promise<void> {
  const copy = await mkdtemp(path.join(tmpdir(), 'signing-copy-'));
  try {
    await cp(archive, copy, { recursive: true });
    await use(copy);
  } finally {
    await rm(copy, { recursive: true });
  }
}

test('the archive holds: chains, days, segments, records, period and tokens are counted', async () => {
  const report = await verifyPath(archive, keys.options);
  expect(failures(report)).toEqual([]);
  expect(report.holds).toBe(true);
  expect(report.checked).toMatchObject({
    chains: 2,
    days: 2,
    segments: 54,
    records: 24 * 3 + 4 * 3 + 2 * 3,
    from: '2026-11-19T00:00:00.000000Z',
    to: '2026-11-21T04:00:00.000000Z',
    tokens: 55,
    authorities: [{ name: 'LogMaster local TSA - not a legal time-stamp', local: true, tokens: 55 }],
  });
  expect(report.findings.map((finding) => finding.kind).toSorted()).toEqual(['local-stamp', 'unstamped']);
});

test.each(['istanbul', 'istanbul/2026', 'istanbul/2026/11/21', DAY, `${SEGMENTS}/node1-00000049`])(
  'a part of it holds by itself: %s',
  async (part) => {
    expect(failures(await verifyPath(path.join(archive, part), keys.options))).toEqual([]);
  },
);

test('without pins it says so', async () => {
  const report = await verifyPath(archive, { tsaAnchors: [], pinnedSigners: [] });
  expect(report.holds).toBe(true);
  expect(report.findings.map((f) => f.kind)).toEqual(expect.arrayContaining(['signer-not-pinned', 'tsa-not-pinned']));
});

test('other pins than its own refuse it', async () => {
  const other = await makeKeys();
  try {
    const signer = await verifyPath(archive, { ...keys.options, pinnedSigners: other.options.pinnedSigners });
    expect(new Set(failures(signer).map((f) => f.kind))).toEqual(new Set(['signer-not-pinned']));
    const tsa = await verifyPath(archive, { ...keys.options, tsaAnchors: other.options.tsaAnchors });
    expect(new Set(failures(tsa).map((f) => f.kind))).toEqual(new Set(['bad-token']));
  } finally {
    await rm(other.root, { recursive: true });
  }
});

test.each<[string, Partial<VerifyOptions>]>([
  ['pinned', {}],
  ['with nothing pinned', { tsaAnchors: [], pinnedSigners: [] }],
])('a changed byte in any one file fails and names that file alone, %s', async (_, change) => {
  const options = { ...keys.options, ...change };
  for (const file of await files()) {
    const absolute = path.join(archive, file);
    const original = await readFile(absolute);
    if (original.length === 0) continue;
    const offsets = [0, 1, Math.floor(original.length / 2), original.length - 2, original.length - 1];
    for (const at of new Set(offsets.filter((offset) => offset >= 0 && offset < original.length))) {
      // The whole archive takes the time: for one byte of each file of one segment, one day and the chain; else its folder.
      const whole = at === 0 ? ONE_OF_EACH : NOT_OF_A_DAY;
      const root = whole.test(file) ? archive : path.dirname(absolute);
      await withChanged(absolute, flipped(original, at), async () => {
        const report = await verifyPath(root, options);
        const named = [...new Set(failures(report).map((f) => path.relative(archive, path.join(root, f.path))))];
        expect({ file, at, named }).toEqual({ file, at, named: [file] });
      });
    }
  }
  expect((await verifyPath(archive, options)).holds).toBe(true);
});

test.each([
  // An unsigned corner can hide anywhere in a time-stamp: every byte. The others are under a signature: every eleventh.
  [1, `${SEGMENTS}/node1-00000050/seal.tsr`],
  ...['manifest.json', 'manifest.sig', 'signer.pem', 'seal.sha256', 'records.log.zst'].map((name): [number, string] => [
    11,
    `${SEGMENTS}/node1-00000050/${name}`,
  ]),
  ...['day.json', 'day.sig', 'signer.pem', 'seal.sha256'].map((name): [number, string] => [11, `${DAY}/${name}`]),
])('every %d. byte of %s', async (step, file) => {
  const absolute = path.join(archive, file);
  const original = await readFile(absolute);
  const wrong: unknown[] = [];
  for (let at = 0; at < original.length; at += step) {
    await withChanged(absolute, flipped(original, at), async () => {
      const named = new Set(failures(await verifySegment(path.dirname(absolute), keys.options)).map((f) => f.path));
      if ([...named].join() !== path.basename(file)) wrong.push({ at, named: [...named] });
    });
  }
  expect(wrong).toEqual([]);
});

test('a removed file is named', async () => {
  for (const file of await files()) {
    if (!/\/node1\/|00000050/.test(file) || file.includes('/20/')) continue;
    const absolute = path.join(archive, file);
    const original = await readFile(absolute);
    await rm(absolute);
    const report = await verifyPath(archive, keys.options);
    // A time-stamp may come later, so its absence alone is a notice; the next manifest that names it tells.
    const expected = file.endsWith('seal.tsr') ? 'missing-token' : 'missing-file';
    expect(failures(report).map((f) => f.kind)).toContain(expected);
    if (expected === 'missing-file') expect(failures(report).map((f) => f.path)).toContain(file);
    await writeFile(absolute, original);
  }
});

test('a file that does not belong there is named', async () => {
  await onCopy(async (copy) => {
    await writeFile(path.join(copy, SEGMENTS, 'node1-00000049', 'notes.txt'), 'x');
    await writeFile(path.join(copy, SEGMENTS, 'node1-00000049', '.seal.tsr.abc'), 'x');
    await writeFile(path.join(copy, 'certificates', 'me.pem'), 'x');
    const report = await verifyPath(copy, keys.options);
    expect(failures(report).map((f) => f.path)).toEqual([
      `${SEGMENTS}/node1-00000049/notes.txt`,
      'certificates/me.pem',
    ]);
    expect(report.findings).toContainEqual(expect.objectContaining({ kind: 'under-construction' }));
  });
});

test('hostile trees give findings, never an exception', async () => {
  await onCopy(async (copy) => {
    await rm(path.join(copy, SEGMENTS, 'node1-00000049', 'manifest.json'));
    await mkdir(path.join(copy, SEGMENTS, 'node1-00000049', 'manifest.json'));
    await rm(path.join(copy, SEGMENTS, 'node1-00000050', 'records.log.zst'));
    await symlink('/etc/passwd', path.join(copy, SEGMENTS, 'node1-00000050', 'records.log.zst'));
    await symlink('..', path.join(copy, SEGMENTS, 'loop'));
    await writeFile(path.join(copy, SEGMENTS, 'node1-00000051', 'manifest.json'), '{"'.repeat(100_000));
    const report = await verifyPath(copy, keys.options);
    expect(failures(report).map((f) => f.path)).toEqual(
      expect.arrayContaining([
        `${SEGMENTS}/node1-00000049/manifest.json`,
        `${SEGMENTS}/node1-00000050/records.log.zst`,
        `${SEGMENTS}/node1-00000051/manifest.json`,
      ]),
    );
  });
});

test('nothing to verify does not hold', async () => {
  for (const nothing of [
    path.join(archive, 'no-such-folder'),
    path.join(archive, '.logmaster-archive.json'),
    keys.root,
  ]) {
    expect((await verifyPath(nothing, keys.options)).holds).toBe(false);
  }
});

test('a verification can be followed and aborted', async () => {
  const seen: string[] = [];
  await verifyPath(archive, { ...keys.options, onProgress: ({ folder }) => seen.push(folder) });
  expect(seen).toContain(DAY);
  const signal = AbortSignal.abort(new Error('enough'));
  await expect(verifyPath(archive, { ...keys.options, signal })).rejects.toThrow('enough');
});
