import { userInfo } from 'node:os';
import type { ParserSummary, ParserVersion } from '@logmaster/core/api/parsers';
import { openDatabase } from '@logmaster/db/client';
import { activateParser, deactivateParser, saveParser } from '@logmaster/db/custom-parser-changes';
import { listParsers, listParserVersions, readParserVersion } from '@logmaster/db/custom-parsers';
import type { PrimaryClient } from '@logmaster/db/model-client';
import { toParserSummary, toParserVersion } from '@logmaster/db/parser-views';
import { findDatabaseUrl, layoutFor } from '../installation.ts';
import type { DefinitionFile } from './definition-file.ts';

/** The custom parsers of an installation, through its database. Each call throws DATABASE_UNAVAILABLE. */
export interface StoredParsers {
  list(): Promise<ParserSummary[]>;
  show(name: string, version: number | undefined): Promise<ParserVersion>;
  versions(name: string): Promise<ParserVersion[]>;
  save(file: DefinitionFile, activate: boolean): Promise<ParserVersion>;
  activate(name: string, version: number): Promise<ParserSummary>;
  deactivate(name: string): Promise<ParserSummary>;
}

/** Runs `work` on the database of the installation. */
export async function onDatabaseOf<T>(
  data: string | undefined,
  work: (primary: PrimaryClient) => Promise<T>,
): Promise<T> {
  const database = openDatabase({ url: await findDatabaseUrl(layoutFor(data)) });
  try {
    return await work(database.primary);
  } finally {
    await database.close();
  }
}

export function storedParsers(primary: PrimaryClient): StoredParsers {
  return {
    list: async () => (await listParsers(primary)).map(toParserSummary),
    show: async (name, version) => toParserVersion(await readParserVersion(primary, { name, version })),
    versions: async (name) => (await listParserVersions(primary, name)).map(toParserVersion),
    async save({ definition, parser }, activate) {
      const { name } = parser.definition;
      // Nobody signs in here: who has the machine is named as the machine knows him.
      const author = `cli:${userInfo().username}`;
      return toParserVersion(await saveParser(primary, { name, definition, author, now: new Date(), activate }));
    },
    activate: async (name, version) => toParserSummary(await activateParser(primary, { name, version })),
    deactivate: async (name) => toParserSummary(await deactivateParser(primary, name)),
  };
}
