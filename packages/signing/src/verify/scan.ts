import type { Dirent } from 'node:fs';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { SEAL_FILES } from '@logmaster/core/evidence/manifest';
import { ARCHIVE_MARKER } from '../archive-marker.ts';
import type { VerifyContext } from './context.ts';

/** What lies under the verified path, found by name only. */
export interface Scan {
  /** How much of a chain must be here: all from segment 1 on for an archive or a site. */
  readonly scope: 'archive' | 'site' | 'part' | 'folder';
  /** Absolute, in the order of their paths. */
  readonly segments: readonly string[];
  readonly days: readonly string[];
  /** Shared folders at the top of an archive. */
  readonly certificates: string | undefined;
  readonly revocation: string | undefined;
  readonly marker: string | undefined;
}

/** Folders at the top of an archive that are no sites. */
const SHARED = new Set(['certificates', 'revocation', 'organisation', 'renewals']);
const DAY_MARKS: ReadonlySet<string> = new Set([SEAL_FILES.day, SEAL_FILES.daySignature, SEAL_FILES.segments]);
const MARKS: ReadonlySet<string> = new Set(Object.values(SEAL_FILES));
/** archive, site, year, month, day, folder. */
const MAX_DEPTH = 6;
const IN_DAY_FOLDER = /[/\\]\d{4}[/\\]\d\d[/\\]\d\d[/\\][^/\\]+$/;

/** Finds sealed folders; everything else is a notice. Unreadable folders are failures. */
export async function scan(root: string, context: VerifyContext): Promise<Scan> {
  const entries = await list(root, context);
  const shared = (name: string) =>
    entries.some((e) => e.isDirectory() && e.name === name) ? path.join(root, name) : undefined;
  const scope = await scopeOf(root, entries);
  const found = { segments: [] as string[], days: [] as string[] };
  await walk(root, entries, { context, found, archive: scope === 'archive' ? root : undefined }, 0);
  return {
    scope,
    ...found,
    certificates: scope === 'archive' ? shared('certificates') : undefined,
    revocation: scope === 'archive' ? shared('revocation') : undefined,
    marker: entries.some((e) => e.isFile() && e.name === ARCHIVE_MARKER) ? path.join(root, ARCHIVE_MARKER) : undefined,
  };
}

async function scopeOf(root: string, entries: readonly Dirent[]): Promise<Scan['scope']> {
  if (isSealedFolder(root, entries)) return 'folder';
  const hasYears = (children: readonly Dirent[]) => children.some((e) => e.isDirectory() && /^\d{4}$/.test(e.name));
  // A year's months and a month's days have two digits, so only a site has folders of four.
  if (hasYears(entries)) return 'site';
  for (const entry of entries) {
    if (!entry.isDirectory() || SHARED.has(entry.name)) continue;
    if (hasYears(await readdir(path.join(root, entry.name), { withFileTypes: true }).catch(() => []))) return 'archive';
  }
  return entries.some((e) => e.isDirectory() && SHARED.has(e.name)) ? 'archive' : 'part';
}

interface Walk {
  readonly context: VerifyContext;
  readonly found: { readonly segments: string[]; readonly days: string[] };
  readonly archive: string | undefined;
}

async function walk(folder: string, entries: readonly Dirent[], run: Walk, depth: number): Promise<void> {
  const { context, found } = run;
  if (isSealedFolder(folder, entries)) {
    (isPackedDay(folder, entries) ? found.days : found.segments).push(folder);
    return;
  }
  for (const entry of entries) {
    const child = path.join(folder, entry.name);
    if (depth === 0 && entry.name === ARCHIVE_MARKER && entry.isFile()) continue;
    if (entry.name.startsWith('.')) context.notice('under-construction', child, `${entry.name} is not published (yet)`);
    else if (folder === run.archive && SHARED.has(entry.name)) noticeUnchecked(entry.name, child, context);
    else if (!entry.isDirectory())
      context.notice('unknown-file', child, 'it is no part of the evidence, and was not checked');
    else if (depth >= MAX_DEPTH)
      context.notice('unknown-file', child, 'it lies too deep for evidence, and was not checked');
    else await walk(child, await list(child, context), run, depth + 1);
  }
}

function noticeUnchecked(name: string, folder: string, context: VerifyContext): void {
  if (name === 'organisation' || name === 'renewals') {
    context.notice('not-checked', folder, 'this version does not check what it holds');
  }
}

function isSealedFolder(folder: string, entries: readonly Dirent[]): boolean {
  return IN_DAY_FOLDER.test(folder) || entries.some((entry) => MARKS.has(entry.name));
}

/** By content; by name where every file that would tell is gone. */
function isPackedDay(folder: string, entries: readonly Dirent[]): boolean {
  if (entries.some((entry) => DAY_MARKS.has(entry.name))) return true;
  const names = new Set(entries.map((entry) => entry.name));
  if (names.has(SEAL_FILES.manifest) || names.has(SEAL_FILES.manifestSignature)) return false;
  return !/-\d{8}$/.test(path.basename(folder));
}

async function list(folder: string, context: VerifyContext): Promise<Dirent[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    return entries.toSorted((a, b) => (a.name < b.name ? -1 : 1));
  } catch (thrown) {
    context.failure('unreadable', folder, `the folder can not be read (${(thrown as NodeJS.ErrnoException).code})`);
    return [];
  }
}
