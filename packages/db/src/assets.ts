import { AppError } from '@logmaster/core/errors';
import { openDatabase } from './client.ts';
import { onDatabase } from './database-error.ts';
import { changeMapping } from './mapping-change.ts';
import type { Client, PrimaryClient } from './model-client.ts';

/** What is asked to be named: exactly one of `network` and `mac` is not null. */
export interface NewAsset {
  readonly name: string;
  /** Canonical address, or a block of them without bits behind its length. */
  readonly network: string | null;
  /** As ECS writes it. */
  readonly mac: string | null;
  /** Null: in every site. */
  readonly siteId: string | null;
}

export interface AssetRow extends NewAsset {
  readonly id: string;
}

const SHOWN = { id: true, name: true, network: true, mac: true, siteId: true } as const;
/** All of them are in the memory of each processor, and in each copy of the mapping. */
const MAX_ASSETS = 20_000;

export function listAssets(replica: Client): Promise<AssetRow[]> {
  return onDatabase(() => replica.asset.findMany({ select: SHOWN, orderBy: [{ name: 'asc' }, { id: 'asc' }] }));
}

/** CONFLICT when the thing has a name there already, NOT_FOUND when there is no such site. */
export function createAsset(primary: PrimaryClient, asset: NewAsset): Promise<AssetRow> {
  return changeMapping(primary, async (transaction) => {
    const { siteId, network, mac } = asset;
    if (siteId !== null && (await transaction.site.count({ where: { id: siteId } })) === 0)
      throw new AppError('NOT_FOUND', { detail: 'no such site' });
    // The row of the mapping's version is locked: nobody else adds one meanwhile.
    const known = await transaction.asset.findFirst({ where: { siteId, network, mac }, select: { name: true } });
    if (known !== null) throw new AppError('CONFLICT', { detail: `it is named ${known.name} already` });
    if ((await transaction.asset.count()) >= MAX_ASSETS)
      throw new AppError('CONFLICT', { detail: `there are ${MAX_ASSETS} assets already` });
    return transaction.asset.create({ data: asset, select: SHOWN });
  });
}

/** @param sites where it may be; null: anywhere. NOT_FOUND when there is no such asset. */
export function removeAsset(primary: PrimaryClient, id: string, sites: readonly string[] | null): Promise<void> {
  const where = sites === null ? { id } : { id, siteId: { in: [...sites] } };
  return changeMapping(primary, async (transaction) => {
    const { count } = await transaction.asset.deleteMany({ where });
    if (count === 0) throw new AppError('NOT_FOUND', { detail: 'no such asset' });
  });
}

/** For commands: one connection for as long as `work` takes. */
export async function withAssets<T>(
  url: string,
  work: (assets: {
    list(): Promise<AssetRow[]>;
    create(asset: NewAsset): Promise<AssetRow>;
    remove(id: string): Promise<void>;
  }) => Promise<T>,
): Promise<T> {
  const database = openDatabase({ url });
  const { primary } = database;
  try {
    return await work({
      list: () => listAssets(primary),
      create: (asset) => createAsset(primary, asset),
      remove: (id) => removeAsset(primary, id, null),
    });
  } finally {
    await database.close();
  }
}
