import { AppError } from '@logmaster/core/errors';
import { slugify } from '@logmaster/core/names';
import { type SiteRow, createSite as storeSite } from '@logmaster/db/sites';
import type { Dependencies } from '../../dependencies.ts';
import type { SessionUser } from '../../session-user.ts';
import { SHARED_FOLDERS } from '../evidence/archive-names.ts';
import { requireManager } from '../require-manager.ts';
import { requireTimeZone } from '../time-zone.ts';

interface Input {
  readonly name: string;
  readonly id?: string | undefined;
  readonly timeZone: string;
}

/** Makes a site. CONFLICT when its id is taken; INVALID_INPUT when no id can be made from the name. */
export function createSite(
  { database: { primary } }: Pick<Dependencies, 'database'>,
  user: SessionUser,
  { name, id, timeZone }: Input,
): Promise<SiteRow> {
  requireManager(user);
  requireTimeZone(timeZone);
  const slug = id ?? slugify(name);
  if (slug === '')
    throw new AppError('INVALID_INPUT', { detail: 'name: it needs a letter or digit of the Latin script' });
  if (SHARED_FOLDERS.has(slug)) throw new AppError('CONFLICT', { detail: 'the archive uses that name itself' });
  return storeSite(primary, { id: slug, name, timeZone });
}
