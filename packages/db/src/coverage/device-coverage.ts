import { type CoverageCounts, mergeCoverage, NO_COVERAGE, seenFieldsSchema } from '@logmaster/core/coverage/counts';
import { type Baseline, baselineSchema, type Drift, driftSchema } from '@logmaster/core/coverage/drift';
import { AppError } from '@logmaster/core/errors';
import { openDatabase } from '../client.ts';
import { onDatabase } from '../database-error.ts';
import { Prisma } from '../generated/client.ts';
import type { Client, PrimaryClient } from '../model-client.ts';
import { toCounts } from './rows.ts';

export interface CoverageHour {
  readonly hour: Date;
  readonly ok: number;
  readonly partial: number;
  readonly failed: number;
  readonly raw: number;
}

export interface DriftState {
  readonly baseline: Baseline | null;
  readonly drift: Drift | null;
  readonly driftSince: Date | null;
  readonly acceptedAt: Date | null;
}

export interface DeviceCoverage extends DriftState {
  /** Of all hours together. */
  readonly counts: CoverageCounts;
  /** Oldest first; hours without a record are left out. */
  readonly hours: CoverageHour[];
  /** Fields and labels (`labels.<name>`) ever seen, by name. */
  readonly fields: { readonly name: string; readonly firstSeen: Date; readonly lastSeen: Date }[];
}

const UNKNOWN: DriftState = { baseline: null, drift: null, driftSince: null, acceptedAt: null };

const PARSING = { fields: true, baseline: true, drift: true, driftSince: true, acceptedAt: true } as const;

function toDriftState(row: {
  readonly baseline: unknown;
  readonly drift: unknown;
  readonly driftSince: Date | null;
  readonly acceptedAt: Date | null;
}): DriftState {
  const { driftSince, acceptedAt } = row;
  return {
    baseline: baselineSchema.nullable().parse(row.baseline),
    drift: driftSchema.nullable().parse(row.drift),
    driftSince,
    acceptedAt,
  };
}

/** What is known of a device's parsing since `from`; of a device that never sent anything nothing. */
export function readCoverage(replica: Client, deviceId: string, from: Date): Promise<DeviceCoverage> {
  return onDatabase(async () => {
    const [rows, parsing] = await Promise.all([
      replica.deviceCoverage.findMany({ where: { deviceId, hour: { gte: from } }, orderBy: { hour: 'asc' } }),
      replica.deviceParsing.findUnique({ where: { deviceId }, select: PARSING }),
    ]);
    const all = rows.map((row) => ({ hour: row.hour, counts: toCounts(row) }));
    const seen = Object.entries(seenFieldsSchema.parse(parsing?.fields ?? {}));
    return {
      ...(parsing === null ? UNKNOWN : toDriftState(parsing)),
      counts: all.reduce((sum, { counts }) => mergeCoverage(sum, counts), NO_COVERAGE),
      hours: all.map(({ hour, counts: { ok, partial, failed, raw } }) => ({ hour, ok, partial, failed, raw })),
      fields: seen
        .map(([name, [first, last]]) => ({
          name,
          firstSeen: new Date(first / 1000),
          lastSeen: new Date(last / 1000),
        }))
        .sort((a, b) => (a.name < b.name ? -1 : 1)),
    };
  });
}

export interface CoverageSummary extends DriftState {
  readonly id: string;
  readonly name: string;
  readonly address: string;
  readonly siteId: string | null;
  readonly ok: number;
  readonly partial: number;
  readonly failed: number;
  readonly raw: number;
}

/** Every device that is not rejected, by name, with its sums since `from`. */
export function listCoverage(replica: Client, from: Date): Promise<CoverageSummary[]> {
  return onDatabase(async () => {
    const [devices, sums] = await Promise.all([
      replica.device.findMany({
        where: { status: { not: 'rejected' } },
        select: { id: true, name: true, address: true, siteId: true, parsing: { select: PARSING } },
        orderBy: [{ name: 'asc' }, { id: 'asc' }],
      }),
      replica.deviceCoverage.groupBy({
        by: ['deviceId'],
        where: { hour: { gte: from } },
        _sum: { ok: true, partial: true, failed: true, raw: true },
      }),
    ]);
    const sumOf = new Map(sums.map(({ deviceId, _sum }) => [deviceId, _sum]));
    return devices.map(({ parsing, ...device }) => {
      const sum = sumOf.get(device.id);
      const count = (status: 'ok' | 'partial' | 'failed' | 'raw') => Number(sum?.[status] ?? 0);
      return {
        ...device,
        ...(parsing === null ? UNKNOWN : toDriftState(parsing)),
        ok: count('ok'),
        partial: count('partial'),
        failed: count('failed'),
        raw: count('raw'),
      };
    });
  });
}

/** What is now is usual from now on: an open drift ends, and nothing older is learned from. NOT_FOUND without a device. */
export function acceptCoverage(primary: PrimaryClient, deviceId: string, now: Date): Promise<void> {
  return onDatabase(async () => {
    if ((await primary.device.count({ where: { id: deviceId } })) === 0)
      throw new AppError('NOT_FOUND', { detail: 'no such device' });
    const accepted = {
      baseline: Prisma.DbNull,
      learnedAt: null,
      drift: Prisma.DbNull,
      driftSince: null,
      acceptedAt: now,
    };
    await primary.deviceParsing.upsert({
      where: { deviceId },
      create: { deviceId, fields: {}, ...accepted },
      update: accepted,
    });
  });
}

/** For the command: the database is opened for `work` and closed. */
export async function withCoverage<T>(url: string, work: (primary: PrimaryClient) => Promise<T>): Promise<T> {
  const database = openDatabase({ url });
  try {
    return await work(database.primary);
  } finally {
    await database.close();
  }
}
