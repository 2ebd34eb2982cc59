import { type CoverageCounts, NO_COVERAGE } from '@logmaster/core/coverage/counts';
import { type CoverageWindow, MICROS_PER_HOUR } from '@logmaster/core/coverage/window';
import { startPostgres } from '@logmaster/testkit/postgres';
import { beforeEach, describe, expect, it } from 'vitest';
import { openDeviceDirectory } from '../device-directory.ts';
import { FreshDatabase } from '../testing/fresh-database.ts';
import { type OpenCoverageDirectory, openCoverageDirectory } from './coverage-directory.ts';
import { acceptCoverage, listCoverage, readCoverage } from './device-coverage.ts';

const T0 = Date.UTC(2026, 10, 23) * 1000;
const ADDRESS = '10.0.0.2';
const FIELDS = Array.from({ length: 20 }, (_, index) => `field.${index}`).sort();

function counts(records: number, score: number, more: Partial<CoverageCounts> = {}): CoverageCounts {
  const ok = Math.round(records * score);
  return { ...NO_COVERAGE, ok, raw: records - ok, parsers: { fortigate: records }, fields: FIELDS, ...more };
}

const at = (hour: number) => T0 + hour * MICROS_PER_HOUR;
const window = (hour: number, given: CoverageCounts, deviceId?: string): CoverageWindow => ({
  deviceId,
  address: ADDRESS,
  hour: at(hour),
  counts: given,
});

let directory: OpenCoverageDirectory;
let deviceId: string;
const fresh = FreshDatabase.use(startPostgres);
beforeEach(async () => {
  directory = openCoverageDirectory({ url: fresh.url });
  const devices = openDeviceDirectory({ url: fresh.url });
  const nothing = { vendor: null, product: null, hostname: 'fw', clockSkew: null };
  await devices.report([{ address: ADDRESS, records: 1, firstSeen: T0, lastSeen: T0, ...nothing }]);
  await devices.close();
  deviceId = (await fresh.primary.device.findFirstOrThrow()).id;
  return async () => {
    await directory.close();
  };
});

const report = (hour: number, given: CoverageCounts) => directory.reportCoverage([window(hour, given)], at(hour) + 1);
const read = () => readCoverage(fresh.primary, deviceId, new Date(0));

/** A day and a half of what is usual. */
async function becomeUsual(): Promise<void> {
  await directory.reportCoverage(
    Array.from({ length: 36 }, (_, hour) => window(hour, counts(1000, 0.98))),
    at(36),
  );
}

it('adds windows up by device and hour, whatever they are known by, and bears hostile names', async () => {
  const hostile = { patterns: [{ pattern: '\ufffd "{}\\', count: 2, sample: 'r1' }], labels: ['__proto__', 'a,b'] };
  await directory.reportCoverage([window(0, counts(10, 1)), window(0, counts(5, 0, hostile), deviceId)], at(0));
  await directory.reportCoverage([window(0, counts(10, 0.5)), window(1, counts(1, 1))], at(1));
  const stranger = { ...window(0, counts(9, 1)), address: '198.51.100.9' };
  expect(await directory.reportCoverage([stranger], at(1))).toEqual({ changes: [], drifting: 0 });
  const known = await read();
  expect(known.counts).toMatchObject({ ok: 16, raw: 10, parsers: { fortigate: 26 }, ...hostile });
  expect(known.hours.map(({ ok, raw }) => [ok, raw])).toEqual([
    [15, 10],
    [1, 0],
  ]);
  expect(known.fields.map(({ name }) => name)).toEqual([...FIELDS, 'labels.__proto__', 'labels.a,b'].sort());
  expect(known.fields[0]).toEqual({
    name: FIELDS[0],
    firstSeen: new Date(at(0) / 1000),
    lastSeen: new Date(at(1) / 1000),
  });
  expect(await listCoverage(fresh.primary, new Date(0))).toMatchObject([
    { id: deviceId, ok: 16, raw: 10, drift: null },
  ]);
});

describe('a drift', () => {
  it('is told once when it begins and once when it ends, and lies open in between', async () => {
    await becomeUsual();
    expect(await report(36, counts(500, 0.97))).toEqual({ changes: [], drifting: 0 });
    const begun = await report(37, counts(1000, 0.5, { fields: FIELDS.slice(4) }));
    expect(begun.drifting).toBe(1);
    expect(begun.changes).toMatchObject([
      {
        deviceId,
        name: 'fw',
        since: at(37) + 1,
        drift: { kinds: ['score', 'fields'], usualScore: 0.98, missing: FIELDS.slice(0, 4) },
      },
    ]);
    // Days of it are not learned from.
    const days = Array.from({ length: 80 }, (_, hour) => window(38 + hour, counts(1000, 0.5)));
    expect((await directory.reportCoverage(days, at(117))).changes).toEqual([]);
    for (const hour of [118, 119, 120]) expect((await report(hour, counts(1000, 0.5))).changes).toEqual([]);
    expect(await read()).toMatchObject({ driftSince: new Date(at(37) / 1000), baseline: { score: 0.98 } });
    expect(await report(125, counts(1000, 0.98))).toMatchObject({
      changes: [{ since: at(37), drift: null }],
      drifting: 0,
    });
    expect(await read()).toMatchObject({ drift: null, driftSince: null });
  });

  it('ends when what is now is accepted, which is learned anew', async () => {
    await becomeUsual();
    await report(37, counts(1000, 0.5));
    await acceptCoverage(fresh.primary, deviceId, new Date(at(38) / 1000));
    expect(await read()).toMatchObject({ drift: null, baseline: null });
    for (let hour = 38; hour < 60; hour++) expect((await report(hour, counts(1000, 0.5))).drifting).toBe(0);
    expect((await read()).baseline).toMatchObject({ score: 0.5 });
    await expect(acceptCoverage(fresh.primary, crypto.randomUUID(), new Date())).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
  });
});

it('a database that is away is said to be so', async () => {
  const nobody = openCoverageDirectory({ url: 'postgresql://logmaster@127.0.0.1:1/logmaster' });
  await expect(nobody.reportCoverage([], T0)).rejects.toMatchObject({ code: 'DATABASE_UNAVAILABLE' });
  await nobody.close();
});
