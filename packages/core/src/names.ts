import { z } from 'zod';

/** Names that become folder names in the archive. */
export const slugSchema = z.string().regex(/^[a-z0-9-]{1,40}$/, 'a to z, 0 to 9 and hyphen, at most 40 characters');

/** Longest name that a person gives to a site, a device, an asset or a token, as JavaScript counts. */
export const MAX_DISPLAY_NAME = 100;
export const displayNameSchema = z.string().trim().min(1).max(MAX_DISPLAY_NAME);

/** Site of every record whose sender nobody has assigned yet. */
export const UNASSIGNED_SITE = 'unassigned';

/** Turns a name into a slug: Turkish letters become their plain forms, anything else a hyphen. May return ''. */
export function slugify(name: string): string {
  return name
    .replace(/[İIı]/g, 'i')
    .toLowerCase()
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 40);
}
