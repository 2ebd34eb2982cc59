import path from 'node:path';
import type { VerifyContext } from './context.ts';

/** What the folders above a sealed folder say; each undefined when the verified path begins below it. */
export interface Location {
  readonly site: string | undefined;
  /** YYYY-MM-DD */
  readonly day: string | undefined;
  /** False when the folder is itself the verified path: a copy may be named as its owner likes. */
  readonly named: boolean;
}

/** Location of a folder below `root`, from the names in between: `<site>/<yyyy>/<mm>/<dd>/<folder>`. */
export function locationOf(root: string, folder: string): Location {
  const parts = path.relative(root, folder).split(path.sep).filter(Boolean);
  const [dd, mm, yyyy, site] = parts.toReversed().slice(1);
  const day = yyyy && mm && dd ? `${yyyy}-${mm}-${dd}` : undefined;
  return { site, day: day && /^\d{4}-\d\d-\d\d$/.test(day) ? day : undefined, named: parts.length > 0 };
}

/** A sealed folder must lie where its manifest says: else it was moved, renamed or put in another's place. */
export function checkLocation(
  found: {
    readonly folder: string;
    readonly location: Location;
    readonly name: string;
    readonly site: string;
    readonly period: { readonly from: string; readonly to: string };
  },
  context: VerifyContext,
): void {
  const { folder, location } = found;
  const misplaced = (message: string) => context.failure('misplaced', folder, message);
  if (location.named && path.basename(folder) !== found.name) misplaced(`its manifest is that of ${found.name}`);
  if (location.site !== undefined && location.site !== found.site) misplaced(`its manifest is of site ${found.site}`);
  const { day } = location;
  const touches = day === undefined || (found.period.from.slice(0, 10) <= day && day <= found.period.to.slice(0, 10));
  if (!touches) misplaced(`its manifest speaks for ${found.period.from} to ${found.period.to}`);
}
