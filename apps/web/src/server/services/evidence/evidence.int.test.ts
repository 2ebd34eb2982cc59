import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { dataLayout } from '@logmaster/core/config/data-layout';
import { SEAL_FILES } from '@logmaster/core/evidence/manifest';
import { rfc3339ToMicros } from '@logmaster/core/time';
import { buildArchive, type Keys, makeKeys } from '@logmaster/signing/testing/sealed-archive';
import { createLogger } from '@logmaster/telemetry/logger';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { downloadFolder } from './download-folder.ts';
import { findSealOfRecord } from './find-seal-of-record.ts';
import { listEvidenceDay } from './list-evidence-day.ts';
import { listEvidenceMonth } from './list-evidence-month.ts';
import { verifyFolder } from './verify-folder.ts';

const user = { id: 'u', username: 'u', mustChangePassword: false, sessionId: null };
const run = promisify(execFile);

let keys: Keys;
let built: string;
let deps: ReturnType<typeof depsOf>;
function depsOf(archive: string) {
  const layout = dataLayout(keys.root, archive);
  const clock = () => rfc3339ToMicros('2026-11-22T10:00:00Z');
  const tsa = { anchorFiles: [layout.tsaCa], local: true, name: 'local' };
  return { layout, clock, tsa, logger: createLogger('test', 'fatal') };
}
beforeAll(async () => {
  keys = await makeKeys();
  built = await buildArchive(keys);
  deps = depsOf(built);
});
afterAll(async () => {
  await rm(built, { recursive: true });
  await rm(keys.root, { recursive: true });
});

/** A copy of the archive that a test may damage. */
async function copied(): Promise<string> {
  const archive = await mkdtemp(path.join(tmpdir(), 'logmaster-archive-'));
  await cp(built, archive, { recursive: true });
  return archive;
}

describe('the calendar', () => {
  it('tells packed, sealed, open and empty days apart', async () => {
    const { days } = await listEvidenceMonth(deps, user, { siteId: 'istanbul', month: '2026-11' });
    expect(days).toHaveLength(30);
    expect(days.slice(17, 23)).toEqual([
      { day: '2026-11-18', state: 'none', segments: 0, records: 0, bytes: 0, unstamped: 0, legal: null, damaged: 0 },
      expect.objectContaining({
        day: '2026-11-19',
        state: 'packed',
        segments: 24,
        records: 72,
        unstamped: 0,
        legal: false,
      }),
      expect.objectContaining({ day: '2026-11-20', state: 'packed', segments: 24, records: 0, bytes: 0 }),
      expect.objectContaining({ day: '2026-11-21', state: 'sealed', segments: 4, records: 12, unstamped: 0 }),
      expect.objectContaining({ day: '2026-11-22', state: 'open', segments: 0 }),
      expect.objectContaining({ day: '2026-11-23', state: 'none' }),
    ]);
  });

  it('counts seals whose time-stamp is queued, and sees when it arrives', async () => {
    const archive = await copied();
    const of = async () =>
      (await listEvidenceMonth(depsOf(archive), user, { siteId: 'izmir', month: '2026-11' })).days[20];
    expect(await of()).toMatchObject({ segments: 2, unstamped: 1, legal: false });
    const [stamped, waiting] = ['00000001', '00000002'].map((n) =>
      path.join(archive, 'izmir/2026/11/21', `node1-${n}`),
    );
    await cp(path.join(stamped ?? '', SEAL_FILES.token), path.join(waiting ?? '', SEAL_FILES.token));
    expect(await of()).toMatchObject({ unstamped: 0 });
    await rm(archive, { recursive: true });
  });

  it('counts folders whose manifest is none, and shows the others', async () => {
    const archive = await copied();
    const folder = 'istanbul/2026/11/21/node1-00000050';
    await writeFile(path.join(archive, folder, SEAL_FILES.manifest), '{}');
    const damaged = depsOf(archive);
    const { days } = await listEvidenceMonth(damaged, user, { siteId: 'istanbul', month: '2026-11' });
    expect(days[20]).toMatchObject({ segments: 3, damaged: 1 });
    const day = await listEvidenceDay(damaged, user, { siteId: 'istanbul', day: '2026-11-21' });
    expect(day.damaged).toEqual([folder]);
    await rm(archive, { recursive: true });
  });
});

describe('a day', () => {
  it('lists segments in order, each naming the one before it, packed or not', async () => {
    for (const [day, first, count] of [
      ['2026-11-19', 1, 24],
      ['2026-11-21', 49, 4],
    ] as const) {
      const { segments, packed } = await listEvidenceDay(deps, user, { siteId: 'istanbul', day });
      expect(segments.map(({ segment }) => segment)).toEqual(
        Array.from({ length: count }, (_, index) => first + index),
      );
      for (const [index, segment] of segments.slice(1).entries())
        expect(segment.previous).toBe(segments[index]?.manifest);
      expect(packed.length).toBe(day === '2026-11-19' ? 1 : 0);
      expect(segments[0]).toMatchObject({
        signer: keys.signer.fingerprint,
        stamp: { legal: false, authority: 'LogMaster local TSA - not a legal time-stamp' },
      });
    }
  });
});

describe('the seal of a record', () => {
  const seal = (receivedAt: string, siteId = 'istanbul', recordId = 'node1.w0.1.0') =>
    findSealOfRecord(deps, user, { recordId, siteId, receivedAt: rfc3339ToMicros(receivedAt) });

  it('is the segment whose period holds its receive time: its first moment, not its end', async () => {
    expect(await seal('2026-11-19T00:00:00Z')).toMatchObject({ state: 'packed', segment: { segment: 1 } });
    expect(await seal('2026-11-21T00:59:59.999999Z')).toMatchObject({ state: 'stamped', segment: { segment: 49 } });
    expect(await seal('2026-11-21T01:00:00Z')).toMatchObject({ state: 'stamped', segment: { segment: 50 } });
    expect(await seal('2026-11-21T01:30:00Z', 'izmir')).toMatchObject({
      state: 'sealed',
      segment: { segment: 2, stamp: null },
    });
  });

  it('is pending after the last segment, at another node and at an unknown site', async () => {
    const pending = { state: 'pending', segment: null };
    expect(await seal('2026-11-21T04:00:00Z')).toEqual(pending);
    expect(await seal('2026-11-21T01:00:00Z', 'istanbul', 'node2.w0.1.0')).toEqual(pending);
    expect(await seal('2026-11-21T01:00:00Z', 'ankara')).toEqual(pending);
    await expect(seal('2026-11-21T01:00:00Z', 'istanbul', '../../etc')).rejects.toMatchObject({
      code: 'INVALID_INPUT',
    });
  });
});

describe('verifying', () => {
  const packed = { siteId: 'istanbul', day: '2026-11-19', node: 'node1' };
  const segment = { siteId: 'istanbul', day: '2026-11-21', node: 'node1', segment: 50 };

  it.each([packed, { ...packed, segment: 3 }, segment])('holds for what was sealed: %j', async (input) => {
    const report = await verifyFolder(deps, user, input);
    expect(report.findings.filter(({ severity }) => severity === 'failure')).toEqual([]);
    expect(report.holds).toBe(true);
    expect(report.checked.authorities).toMatchObject([{ local: true }]);
  });

  it('fails and names the file when one byte of a record was changed', async () => {
    const archive = await copied();
    const file = path.join(archive, 'istanbul/2026/11/21/node1-00000050', SEAL_FILES.records);
    const bytes = await readFile(file);
    bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
    await writeFile(file, bytes);
    const report = await verifyFolder(depsOf(archive), user, segment);
    expect(report.holds).toBe(false);
    expect(report.findings.map(({ path: place }) => place).join()).toContain(SEAL_FILES.records);
    await rm(archive, { recursive: true });
  });

  it('of what is not there is NOT_FOUND', async () => {
    for (const input of [
      { ...segment, segment: 99 },
      { ...packed, day: '2026-11-18' },
      { ...packed, node: 'x' },
    ]) {
      await expect(verifyFolder(deps, user, input)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    }
  });
});

describe('a download', () => {
  it.each([
    [{ siteId: 'istanbul', day: '2026-11-19', node: 'node1' }, 'istanbul/2026/11/19/node1'],
    [{ siteId: 'istanbul', day: '2026-11-21', node: 'node1', segment: 50 }, 'istanbul/2026/11/21/node1-00000050'],
  ])('of %j is a tar that any tar unpacks and sha256sum and openssl accept', async (input, folder) => {
    const { filename, stream } = await downloadFolder(deps, user, input);
    const target = await mkdtemp(path.join(tmpdir(), 'logmaster-tar-'));
    await writeFile(path.join(target, filename), Buffer.from(await new Response(stream).arrayBuffer()));
    await run('tar', ['-xf', filename], { cwd: target });
    const sealed = path.join(target, folder);
    await run('sha256sum', ['-c', 'seal.sha256'], { cwd: sealed });
    await run(
      'openssl',
      ['ts', '-verify', '-data', 'seal.sha256', '-in', 'seal.tsr', '-CAfile', path.join(target, 'tsa-ca.pem')],
      { cwd: sealed },
    );
    const original = await readFile(path.join(built, folder, SEAL_FILES.records));
    expect((await readFile(path.join(sealed, SEAL_FILES.records))).equals(original)).toBe(true);
    await rm(target, { recursive: true });
  });
});
