import { displayNameSchema, slugSchema } from '@logmaster/core/names';
import { readAssetThing } from '@logmaster/parsers/enrichment/asset-thing';
import { z } from 'zod';

const thing = z
  .string()
  .trim()
  .max(64)
  .transform((text, context) => {
    const read = readAssetThing(text);
    if (read === undefined) context.addIssue({ code: 'custom', message: 'no address, no block of addresses, no MAC' });
    return read ?? z.NEVER;
  });

/** What is named, as people write it: `10.1.2.9`, `10.1.2.0/24`, `00:00:5e:00:53:23`. */
export const createAssetInputSchema = z.object({
  name: displayNameSchema,
  thing,
  /** Null: in every site. */
  siteId: slugSchema.nullable().default(null),
});

export const assetSchema = z.object({
  id: z.uuid(),
  name: z.string(),
  network: z.string().nullable(),
  mac: z.string().nullable(),
  siteId: z.string().nullable(),
});
export const assetListSchema = z.array(assetSchema);
export const assetRefSchema = z.object({ id: z.uuid() });

const site = slugSchema.nullable().describe('Id of the site; null: in every site');

/** One of `GET /api/v1/assets`, and the answer of `POST`. */
export const restAssetSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    network: z.string().nullable().describe('Address or block of addresses'),
    mac: z.string().nullable(),
    site,
  })
  .meta({ id: 'Asset' });
export const restAssetsSchema = z.object({ assets: z.array(restAssetSchema) }).meta({ id: 'Assets' });

export const restNewAssetSchema = z
  .strictObject({
    name: createAssetInputSchema.shape.name,
    thing: thing.describe('Address, block of addresses as 10.1.2.0/24, or MAC'),
    site: site.default(null),
  })
  .meta({ id: 'NewAsset' });
