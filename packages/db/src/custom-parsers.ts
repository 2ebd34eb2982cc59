import { AppError } from '@logmaster/core/errors';
import { onDatabase } from './database-error.ts';
import type { Client } from './model-client.ts';

export interface ParserRow {
  readonly name: string;
  /** Null: not in use. */
  readonly activeVersion: number | null;
  readonly newest: ParserVersionRow;
}

export interface ParserVersionRow {
  readonly name: string;
  readonly version: number;
  readonly active: boolean;
  /** As it was saved; another version of LogMaster may have checked it. */
  readonly definition: unknown;
  readonly author: string;
  readonly createdAt: Date;
}

const NEWEST = { versions: { orderBy: { version: 'desc' }, take: 1 } } as const;

interface FoundVersion {
  readonly name: string;
  readonly version: number;
  readonly definition: unknown;
  readonly author: string;
  readonly createdAt: Date;
}

function toVersionRow(found: FoundVersion, activeVersion: number | null): ParserVersionRow {
  return { ...found, active: found.version === activeVersion };
}

function missing(): AppError {
  return new AppError('NOT_FOUND', { detail: 'no parser has that name and version' });
}

/** In the order of names. */
export function listParsers(replica: Client): Promise<ParserRow[]> {
  return onDatabase(async () => {
    const found = await replica.customParser.findMany({ include: NEWEST, orderBy: { name: 'asc' } });
    return found.flatMap(({ name, activeVersion, versions: [newest] }) =>
      newest === undefined ? [] : [{ name, activeVersion, newest: toVersionRow(newest, activeVersion) }],
    );
  });
}

/** NOT_FOUND when there is none. */
export async function readParser(client: Client, name: string): Promise<ParserRow> {
  const found = await client.customParser.findUnique({ where: { name }, include: NEWEST });
  const newest = found?.versions[0];
  if (!found || !newest) throw missing();
  const { activeVersion } = found;
  return { name, activeVersion, newest: toVersionRow(newest, activeVersion) };
}

/** That version; left out: the active one, else the newest. NOT_FOUND when there is none. */
export function readParserVersion(
  replica: Client,
  { name, version }: { readonly name: string; readonly version?: number | undefined },
): Promise<ParserVersionRow> {
  return onDatabase(async () => {
    const { activeVersion, newest } = await readParser(replica, name);
    const wanted = version ?? activeVersion ?? newest.version;
    if (wanted === newest.version) return newest;
    const key = { name_version: { name, version: wanted } };
    const found = await replica.customParserVersion.findUnique({ where: key });
    if (!found) throw missing();
    return toVersionRow(found, activeVersion);
  });
}

/** Newest first. NOT_FOUND when there is no such parser. */
export function listParserVersions(replica: Client, name: string): Promise<ParserVersionRow[]> {
  return onDatabase(async () => {
    const { activeVersion } = await readParser(replica, name);
    const found = await replica.customParserVersion.findMany({ where: { name }, orderBy: { version: 'desc' } });
    return found.map((each) => toVersionRow(each, activeVersion));
  });
}
