import { AppError } from '@logmaster/core/errors';
import type { FolderInput } from '../../contracts/evidence.ts';
import type { Dependencies } from '../../dependencies.ts';
import type { SessionUser } from '../../session-user.ts';
import { listDayFolders } from './day-folders.ts';
import { requireSite } from './require-site.ts';

/**
 * The folder of a segment or a packed day, relative to the archive; a segment that has been packed is its day's folder.
 * Only names that stand in the archive are answered, never a path made from the input. NOT_FOUND.
 */
export async function findFolder(
  { layout: { archive } }: Pick<Dependencies, 'layout'>,
  user: SessionUser,
  { siteId, day, node, segment }: FolderInput,
): Promise<string> {
  requireSite(user, siteId);
  const { packed, segments } = await listDayFolders(archive, siteId, day);
  const found =
    packed.find((folder) => folder.node === node) ??
    segments.find((folder) => folder.node === node && folder.segment === segment);
  if (found) return found.folder;
  throw new AppError('NOT_FOUND', { detail: 'the archive has no such segment or packed day' });
}
