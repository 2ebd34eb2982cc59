import { AppError } from '@logmaster/core/errors';
import { onDatabase } from './database-error.ts';
import { changeMapping } from './mapping-change.ts';
import type { Client, PrimaryClient } from './model-client.ts';

export interface SiteRow {
  readonly id: string;
  readonly name: string;
  readonly timeZone: string;
  /** Approved devices. */
  readonly devices: number;
}

const SHOWN = {
  id: true,
  name: true,
  timeZone: true,
  _count: { select: { devices: { where: { status: 'approved' } } } },
} as const;
type Found = Omit<SiteRow, 'devices'> & { _count: { devices: number } };

function toRow({ _count, ...site }: Found): SiteRow {
  return { ...site, devices: _count.devices };
}

export function listSites(replica: Client): Promise<SiteRow[]> {
  return onDatabase(async () => (await replica.site.findMany({ select: SHOWN, orderBy: { id: 'asc' } })).map(toRow));
}

/** CONFLICT when the id is taken. */
export function createSite(
  primary: PrimaryClient,
  site: { readonly id: string; readonly name: string; readonly timeZone: string },
): Promise<SiteRow> {
  return changeMapping(primary, async (transaction) =>
    toRow(await transaction.site.create({ data: site, select: SHOWN })),
  );
}

/** NOT_FOUND when there is no such site. The id stays: it names folders of the archive. */
export function renameSite(
  primary: PrimaryClient,
  { id, name, timeZone }: { readonly id: string; readonly name: string; readonly timeZone?: string | undefined },
): Promise<SiteRow> {
  return changeMapping(primary, async (transaction) => {
    const known = await transaction.site.count({ where: { id } });
    if (known === 0) throw new AppError('NOT_FOUND', { detail: 'no such site' });
    const data = timeZone === undefined ? { name } : { name, timeZone };
    return toRow(await transaction.site.update({ where: { id }, data, select: SHOWN }));
  });
}
