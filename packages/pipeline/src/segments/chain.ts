import { readdir } from 'node:fs/promises';
import { slugSchema } from '@logmaster/core/names';
import { z } from 'zod';
import { isMissing, readIfPresent, replaceFile } from '../files.ts';
import type { SegmentLayout } from './layout.ts';
import { positionsSchema } from './positions.ts';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/** How far a site's chain has been sealed and packed. Written by the sealer only. */
export const chainSchema = z.strictObject({
  /** The newest sealed segment. */
  last: z.strictObject({
    segment: z.int().positive(),
    to: z.int().nonnegative(),
    manifest: sha256,
    positions: positionsSchema,
  }),
  /** Records in all sealed segments. */
  records: z.int().nonnegative(),
  /** The newest packed day, and the digest of its day.json. */
  day: z.strictObject({ day: z.iso.date(), sha256 }).nullable(),
  /** UTC day of the chain's first segment. */
  first_day: z.iso.date(),
});
export type Chain = z.infer<typeof chainSchema>;

/** Undefined where no segment of the site was sealed. Throws when the file is no chain. */
export async function readChain(layout: SegmentLayout, site: string): Promise<Chain | undefined> {
  const bytes = await readIfPresent(layout.chain(site));
  return bytes && chainSchema.parse(JSON.parse(bytes.toString()));
}

/** Changes of one chain, one after the other: a seal and a packed day of a site may be under way at once. */
const turns = new Map<string, Promise<unknown>>();

/** Reads, changes and writes a chain; undefined where none has begun. */
export async function changeChain(
  layout: SegmentLayout,
  site: string,
  change: (chain: Chain | undefined) => Chain,
): Promise<void> {
  const file = layout.chain(site);
  const turn = (turns.get(file) ?? Promise.resolve()).then(async () => {
    await replaceFile(file, JSON.stringify(change(await readChain(layout, site))));
  });
  const settled = turn.catch(() => undefined);
  turns.set(file, settled);
  await turn.finally(() => {
    if (turns.get(file) === settled) turns.delete(file);
  });
}

/** Sites that have a folder under segments/. */
export async function listSites(layout: SegmentLayout): Promise<string[]> {
  const entries = await readdir(layout.root, { withFileTypes: true }).catch((error: unknown) => {
    if (isMissing(error)) return [];
    throw error;
  });
  return entries.filter((entry) => entry.isDirectory() && slugSchema.safeParse(entry.name).success).map((e) => e.name);
}
