import { cp, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { SEAL_FILES } from '@logmaster/core/evidence/manifest';
import { microsToRfc3339, rfc3339ToMicros } from '@logmaster/core/time';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { openLocalTsa } from '../local-tsa.ts';
import { sealSegment, stampFolder } from '../seal.ts';
import { ChainWriter, type Keys, makeKeys } from '../testing/sealed-archive.ts';
import { verifyPath } from './verify.ts';

/** What a chain shows: removed, replaced, reordered, moved segments and days, and manifests that lie. */

let keys: Keys;
let archive: string;
let chain: ChainWriter;

beforeAll(async () => {
  keys = await makeKeys();
});
afterAll(() => rm(keys.root, { recursive: true }));
beforeEach(async () => {
  archive = await mkdtemp(path.join(tmpdir(), 'signing-chain-'));
  chain = new ChainWriter(keys, archive);
});
afterEach(() => rm(archive, { recursive: true }));

const FOLDER = 'istanbul/2026/11/19';

async function segments(count: number): Promise<string[]> {
  const folders: string[] = [];
  for (let i = 0; i < count; i++) folders.push(await chain.segment());
  return folders;
}

async function failures(target = archive) {
  const { findings } = await verifyPath(target, keys.options);
  return findings
    .filter((f) => f.severity === 'failure')
    .map(({ kind, path: at, message }) => ({ kind, path: at, message }));
}

test('a removed segment is named as the gap between its neighbours', async () => {
  const folders = await segments(9);
  await rm(folders[6] as string, { recursive: true });
  expect(await failures()).toContainEqual({
    kind: 'gap',
    path: `${FOLDER}/node1-00000007`,
    message: 'segment 7 of site istanbul, node node1 is missing between 6 and 8',
  });
  expect(await failures(path.join(archive, FOLDER))).toMatchObject([{ kind: 'gap' }]);
});

test('several removed segments are one gap, and a cut beginning is one too', async () => {
  const folders = await segments(6);
  for (const at of [0, 3, 4]) await rm(folders[at] as string, { recursive: true });
  const messages = (await failures()).filter((f) => f.kind === 'gap').map((f) => f.message);
  expect(messages).toEqual([
    'segment 1 of site istanbul, node node1 is missing before 2',
    'segments 4 to 5 of site istanbul, node node1 are missing between 3 and 6',
  ]);
});

test('a removed packed day is named, with its segments', async () => {
  const days: string[] = [];
  for (let i = 0; i < 3; i++) days.push(await chain.packDay(await segments(24)));
  await rm(days[1] as string, { recursive: true });
  const found = await failures();
  expect(found).toContainEqual({
    kind: 'gap',
    path: 'istanbul/2026/11/20/node1',
    message: 'day 2026-11-20 of site istanbul, node node1 is missing between 2026-11-19 and 2026-11-21',
  });
  expect(found.map((f) => f.message)).toContain(
    'segments 25 to 48 of site istanbul, node node1 are missing between 24 and 49',
  );
});

test('a chain across a packed day and segment folders holds, and shows a gap between them', async () => {
  await chain.packDay(await segments(24));
  const [first] = await segments(3);
  expect(await failures()).toEqual([]);
  await rm(first as string, { recursive: true });
  expect((await failures()).map((f) => f.message)).toContain(
    'segment 25 of site istanbul, node node1 is missing between 24 and 26',
  );
});

test('segment folders beside their packed day are copies, until they differ', async () => {
  const folders = await segments(24);
  const kept = `${archive}-kept`;
  await cp(folders[4] as string, kept, { recursive: true });
  await chain.packDay(folders);
  await rename(kept, folders[4] as string);
  expect(await failures()).toEqual([]);
  const other = new ChainWriter(keys, `${archive}-other`);
  for (let i = 0; i < 4; i++) await other.segment();
  const forged = await other.segment({ records: [] });
  await rm(folders[4] as string, { recursive: true });
  await rename(forged, folders[4] as string);
  await rm(`${archive}-other`, { recursive: true });
  expect(await failures()).toContainEqual(
    expect.objectContaining({ kind: 'duplicate-segment', message: expect.stringContaining('segment 5') }),
  );
});

test('a segment replaced by another one, rightly signed, breaks the chain at its place', async () => {
  const folders = await segments(4);
  const other = new ChainWriter(keys, `${archive}-other`);
  await other.segment();
  const forged = await other.segment({ records: [] });
  await rm(folders[1] as string, { recursive: true });
  await rename(forged, folders[1] as string);
  await rm(`${archive}-other`, { recursive: true });
  expect(await failures()).toContainEqual(
    expect.objectContaining({
      kind: 'chain-broken',
      path: `${FOLDER}/node1-00000002`,
      message: expect.stringMatching(/^segment 2 of site istanbul, node node1 was replaced.*segment 3 names another/),
    }),
  );
});

test('two segments with their names exchanged, or moved to another day or site, are misplaced', async () => {
  const folders = await segments(4);
  await rename(folders[1] as string, `${archive}/.swap`);
  await rename(folders[2] as string, folders[1] as string);
  await rename(`${archive}/.swap`, folders[2] as string);
  expect(await failures()).toEqual([
    { kind: 'misplaced', path: `${FOLDER}/node1-00000002`, message: 'its manifest is that of node1-00000003' },
    { kind: 'misplaced', path: `${FOLDER}/node1-00000003`, message: 'its manifest is that of node1-00000002' },
  ]);
  await mkdir(path.join(archive, 'izmir/2026/11/23'), { recursive: true });
  await rename(folders[3] as string, path.join(archive, 'izmir/2026/11/23/node1-00000004'));
  const kinds = (await failures()).filter((f) => f.path.startsWith('izmir')).map((f) => f.message);
  expect(kinds[0]).toBe('its manifest is of site istanbul');
  expect(kinds[1]).toContain('its manifest speaks for 2026-11-19');
});

test('a file taken over from another segment is named', async () => {
  const folders = await segments(3);
  for (const name of [SEAL_FILES.records, SEAL_FILES.manifest, SEAL_FILES.token, SEAL_FILES.seal]) {
    const target = path.join(folders[1] as string, name);
    const original = await readFile(target);
    await cp(path.join(folders[0] as string, name), target);
    const found = await failures();
    expect(found.map((f) => f.path)).toContain(`${FOLDER}/node1-00000002/${name}`);
    await writeFile(target, original);
  }
});

test.each<[string, string, Parameters<ChainWriter['segment']>[0]]>([
  [
    'a period that does not continue',
    'period-gap',
    { change: (m) => ({ period: { ...m.period, from: later(m.period.from, 1) } }) },
  ],
  [
    'a count that is not that of the records',
    'count-mismatch',
    { change: (m) => ({ records: { ...m.records, count: 4 } }) },
  ],
  [
    'a Merkle root of other records',
    'count-mismatch',
    { change: (m) => ({ merkle: { ...m.merkle, root: '00'.repeat(32) } }) },
  ],
  ['another first record', 'count-mismatch', { change: (m) => ({ records: { ...m.records, first: 'node1.w0.1.0' } }) }],
  [
    'a text hash of other records',
    'count-mismatch',
    { change: (m) => ({ records: { ...m.records, text: { ...m.records.text, sha256: '00'.repeat(32) } } }) },
  ],
  [
    'less text than there is: reading stops there',
    'malformed-records',
    { change: (m) => ({ records: { ...m.records, text: { ...m.records.text, bytes: 10 } } }) },
  ],
  [
    'seen ≠ journaled + dropped',
    'count-mismatch',
    { change: () => ({ sources: { '10.0.0.1': { seen: 4, journaled: 3, dropped: {} } } }) },
  ],
  [
    'journaled ≠ records',
    'count-mismatch',
    { change: () => ({ sources: { '10.0.0.1': { seen: 2, journaled: 2, dropped: {} } } }) },
  ],
  ['a previous manifest of another chain', 'chain-broken', { change: () => ({ previous: '00'.repeat(32) }) }],
  ['a newest token that is nowhere', 'missing-token', { change: () => ({ newest_token: '00'.repeat(32) }) }],
])('a rightly signed manifest that lies is found: %s', async (_, kind, wish) => {
  await segments(2);
  await chain.segment(wish);
  expect((await failures()).map((f) => f.kind)).toContain(kind);
});

test('records outside the period are found, but for those whose clock was held', async () => {
  const from = rfc3339ToMicros('2026-11-19T00:00:00Z');
  const outside = chain.record(from - 1_000_000);
  await chain.segment({ records: [chain.record(from), { ...outside, flags: 'c' }] });
  expect(await failures()).toEqual([]);
  await chain.segment({ records: [chain.record(from + 3_600_000_000), chain.record(from + 7_200_000_000)] });
  expect(await failures()).toMatchObject([
    { kind: 'outside-period', path: `${FOLDER}/node1-00000002/records.log.zst` },
  ]);
});

test('a stamp from before the end of the period is found', async () => {
  const folder = await chain.segment({ stamped: false });
  const end = Date.parse('2026-11-19T01:00:00Z');
  const paths = { keys: path.join(keys.root, 'keys'), tsaCa: keys.tsaCaFile };
  // The certificate of the local TSA begins a day before its keys were made, so only a segment's period can be moved.
  const manifest = JSON.parse(await readFile(path.join(folder, SEAL_FILES.manifest), 'utf8'));
  const now = Date.now();
  const shift = (now - end) * 1000;
  const input = { ...manifest, period: { from: manifest.period.from, to: later(manifest.period.to, shift) } };
  for (const name of ['format', 'version', 'algorithms', 'signer']) delete input[name];
  await sealSegment({ folder, manifest: input, signer: keys.signer });
  await stampFolder(folder, await openLocalTsa(paths, { now: () => now - 60_000 }));
  expect(await failures()).toMatchObject([{ kind: 'stamped-too-early', path: `${FOLDER}/node1-00000001/seal.tsr` }]);
  await stampFolder(folder, await openLocalTsa(paths, { now: () => now + 1 }));
  expect(await failures()).toEqual([]);
});

test('folders being built are passed over with a notice', async () => {
  await segments(2);
  await mkdir(path.join(archive, FOLDER, '.node1-00000003.tmp'));
  const report = await verifyPath(archive, keys.options);
  expect(report.holds).toBe(true);
  expect(report.findings).toContainEqual(
    expect.objectContaining({ kind: 'under-construction', path: `${FOLDER}/.node1-00000003.tmp` }),
  );
});

function later(instant: string, micros: number): string {
  return microsToRfc3339(rfc3339ToMicros(instant) + micros);
}
