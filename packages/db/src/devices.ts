import { AppError } from '@logmaster/core/errors';
import { onDatabase } from './database-error.ts';
import type { Client } from './model-client.ts';

export type DeviceStatus = 'pending' | 'approved' | 'rejected';

export interface DeviceRow {
  readonly id: string;
  readonly address: string;
  readonly name: string;
  readonly status: DeviceStatus;
  readonly siteId: string | null;
  readonly siteName: string | null;
  readonly vendor: string | null;
  readonly product: string | null;
  readonly hostname: string | null;
  /** SHA-256 of its TLS client certificate, lower-case hex. */
  readonly certificate: string | null;
  /** IANA zone of stamps that carry none; null: its site's. */
  readonly timeZone: string | null;
  /** What its clock is ahead of ours; null where its records carry no time. */
  readonly clockSkewMs: number | null;
  readonly firstSeen: Date;
  readonly lastSeen: Date;
  readonly records: number;
  readonly revision: number;
}

export const WITH_SITE = { site: { select: { name: true } } } as const;
type Found = Omit<DeviceRow, 'siteName' | 'records' | 'clockSkewMs'> & {
  records: bigint;
  clockSkewMs: bigint | null;
  site: { name: string } | null;
};

/** Counters stay below 2^53: at 100 000 records a second that is 2 800 years. */
export function toDeviceRow({ site, records, clockSkewMs, ...device }: Found): DeviceRow {
  return {
    ...device,
    siteName: site?.name ?? null,
    records: Number(records),
    clockSkewMs: clockSkewMs === null ? null : Number(clockSkewMs),
  };
}

/** NOT_FOUND when there is none. */
export async function readDevice(primary: Client, id: string): Promise<DeviceRow> {
  const found = await primary.device.findUnique({ where: { id }, include: WITH_SITE });
  if (!found) throw new AppError('NOT_FOUND', { detail: 'no such device' });
  return toDeviceRow(found);
}

/** By status, then name. */
export function listDevices(replica: Client, status?: DeviceStatus): Promise<DeviceRow[]> {
  return onDatabase(async () => {
    const found = await replica.device.findMany({
      where: status ? { status } : {},
      include: WITH_SITE,
      orderBy: [{ status: 'asc' }, { name: 'asc' }, { id: 'asc' }],
    });
    return found.map(toDeviceRow);
  });
}

export function countDevices(replica: Client): Promise<Record<DeviceStatus, number>> {
  return onDatabase(async () => {
    const groups = await replica.device.groupBy({ by: ['status'], _count: true });
    const count = (status: DeviceStatus) => groups.find((group) => group.status === status)?._count ?? 0;
    return { pending: count('pending'), approved: count('approved'), rejected: count('rejected') };
  });
}
