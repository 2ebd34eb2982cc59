import { PARSER_LIMITS } from '@logmaster/core/custom-parsers/limits';
import { AppError } from '@logmaster/core/errors';
import { type ParserRow, type ParserVersionRow, readParser, readParserVersion } from './custom-parsers.ts';
import { onDatabase } from './database-error.ts';
import type { Prisma } from './generated/client.ts';
import type { Client, PrimaryClient } from './model-client.ts';

/** A version to be saved. The definition has been checked. */
export interface NewParserVersion {
  readonly name: string;
  readonly definition: Readonly<Record<string, unknown>>;
  readonly author: string;
  readonly now: Date;
  /** Whether it is in use from now on. */
  readonly activate: boolean;
}

/**
 * One change of parsers: `work` and the next version of the set are committed together. The version's row is locked first,
 * so changes happen one after the other.
 */
function changeParsers<T>(primary: PrimaryClient, work: (primary: Client) => Promise<T>): Promise<T> {
  return onDatabase(() =>
    primary.$transaction(async (transaction) => {
      await transaction.$executeRaw`UPDATE parser_set_version SET version = version + 1`;
      return work(transaction);
    }),
  );
}

/** CONFLICT when too many are in use already. */
async function use(primary: Client, name: string, version: number): Promise<void> {
  const others = await primary.customParser.count({ where: { activeVersion: { not: null }, name: { not: name } } });
  if (others >= PARSER_LIMITS.activeParsers)
    throw new AppError('CONFLICT', { detail: `${PARSER_LIMITS.activeParsers} parsers are active already` });
  await primary.customParser.update({ where: { name }, data: { activeVersion: version } });
}

/** Adds the next version of a parser; the first one makes the parser. */
export function saveParser(
  primary: PrimaryClient,
  { name, definition, author, now, activate }: NewParserVersion,
): Promise<ParserVersionRow> {
  return changeParsers(primary, async (transaction) => {
    await transaction.customParser.upsert({ where: { name }, create: { name }, update: {} });
    const newest = await transaction.customParserVersion.aggregate({ where: { name }, _max: { version: true } });
    const version = (newest._max.version ?? 0) + 1;
    // Definitions come from JSON.
    const data = { name, version, definition: definition as Prisma.InputJsonObject, author, createdAt: now };
    await transaction.customParserVersion.create({ data });
    if (activate) await use(transaction, name, version);
    return readParserVersion(transaction, { name, version });
  });
}

/** Takes a version into use: a later one, or an earlier one again. NOT_FOUND when there is none. */
export function activateParser(
  primary: PrimaryClient,
  { name, version }: { readonly name: string; readonly version: number },
): Promise<ParserRow> {
  return changeParsers(primary, async (transaction) => {
    await readParserVersion(transaction, { name, version });
    await use(transaction, name, version);
    return readParser(transaction, name);
  });
}

/** Takes a parser out of use; its versions stay. NOT_FOUND when there is none. */
export function deactivateParser(primary: PrimaryClient, name: string): Promise<ParserRow> {
  return changeParsers(primary, async (transaction) => {
    await readParser(transaction, name);
    await transaction.customParser.update({ where: { name }, data: { activeVersion: null } });
    return readParser(transaction, name);
  });
}
