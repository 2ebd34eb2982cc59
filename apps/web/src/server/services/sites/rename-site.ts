import { type SiteRow, renameSite as storeName } from '@logmaster/db/sites';
import type { Dependencies } from '../../dependencies.ts';
import type { SessionUser } from '../../session-user.ts';
import { requireManager } from '../require-manager.ts';
import { requireTimeZone } from '../time-zone.ts';

interface Input {
  readonly id: string;
  readonly name: string;
  readonly timeZone?: string | undefined;
}

/** Gives a site another name or zone; its id names folders of the archive and stays. */
export function renameSite(
  { database: { primary } }: Pick<Dependencies, 'database'>,
  user: SessionUser,
  input: Input,
): Promise<SiteRow> {
  requireManager(user);
  if (input.timeZone !== undefined) requireTimeZone(input.timeZone);
  return storeName(primary, input);
}
