import { createHash, randomBytes } from 'node:crypto';
import { type TokenScope, tokenScopeSchema } from '@logmaster/core/api/token-scopes';
import { AppError } from '@logmaster/core/errors';
import { openDatabase } from './client.ts';
import { onDatabase } from './database-error.ts';
import type { Client, PrimaryClient } from './model-client.ts';
import { foldUsername } from './username.ts';

/** Lets secret scanners and people recognise one of ours. */
const PREFIX = 'lmt_';
/** `last_used_at` is written at most this often per token: it is for people, not for accounting. */
const USED_STEP_MS = 60_000;

export interface ApiTokenInfo {
  readonly id: string;
  readonly name: string;
  readonly scopes: TokenScope[];
  /** Null: every site that the user may see. */
  readonly siteId: string | null;
  readonly createdAt: Date;
  readonly lastUsedAt: Date | null;
  readonly revokedAt: Date | null;
}

/** What is asked for, whoever will own it. */
export interface NewToken {
  readonly name: string;
  readonly scopes: readonly TokenScope[];
  readonly siteId: string | null;
}

/** Who asks with a token, and what it allows. */
export interface TokenOwner {
  readonly id: string;
  readonly username: string;
  readonly token: { readonly scopes: readonly TokenScope[]; readonly siteId: string | null };
}

const INFO = {
  id: true,
  name: true,
  scopes: true,
  siteId: true,
  createdAt: true,
  lastUsedAt: true,
  revokedAt: true,
} as const;

function digest(token: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(createHash('sha256').update(token).digest());
}

/** Scopes that this version does not know, of a token that a newer one made, allow nothing. */
function known(scopes: readonly string[]): TokenScope[] {
  return scopes.flatMap((scope) => tokenScopeSchema.safeParse(scope).data ?? []);
}

/**
 * Makes a token of 256 random bits. `token` is shown once; the database keeps its SHA-256. NOT_FOUND when there is no such
 * site, INVALID_INPUT for a scope that no site bounds.
 */
export function createApiToken(
  primary: PrimaryClient,
  { userId, name, scopes, siteId }: NewToken & { readonly userId: string },
): Promise<{ token: string; info: ApiTokenInfo }> {
  const token = PREFIX + randomBytes(32).toString('base64url');
  const data = { userId, name, scopes: [...scopes], siteId, sha256: digest(token) };
  return onDatabase(async () => {
    if (siteId !== null) {
      // What it saved would read the records of other sites, too.
      if (scopes.includes('parsers:write'))
        throw new AppError('INVALID_INPUT', { detail: 'parsers:write holds for every site: leave the site out' });
      if ((await primary.site.count({ where: { id: siteId } })) === 0)
        throw new AppError('NOT_FOUND', { detail: 'no such site' });
    }
    const row = await primary.apiToken.create({ data, select: INFO });
    return { token, info: { ...row, scopes: known(row.scopes) } };
  });
}

/** For `logmaster token`: one connection for as long as `work` takes. NOT_FOUND when there is no such user. */
export async function withTokensOf<T>(
  url: string,
  username: string,
  work: (tokens: {
    create(token: NewToken): Promise<string>;
    list(): Promise<ApiTokenInfo[]>;
    revoke(id: string): Promise<void>;
  }) => Promise<T>,
): Promise<T> {
  const database = openDatabase({ url });
  const { primary } = database;
  try {
    const usernameKey = foldUsername(username);
    const user = await onDatabase(() => primary.user.findUnique({ where: { usernameKey } }));
    if (!user) throw new AppError('NOT_FOUND', { detail: 'no user has that name' });
    return await work({
      create: async (token) => (await createApiToken(primary, { userId: user.id, ...token })).token,
      list: () => listApiTokens(primary, user.id),
      revoke: (id) => revokeApiToken(primary, { userId: user.id, id }),
    });
  } finally {
    await database.close();
  }
}

/** Newest first, revoked ones included. */
export function listApiTokens(replica: Client, userId: string): Promise<ApiTokenInfo[]> {
  return onDatabase(async () => {
    const rows = await replica.apiToken.findMany({
      where: { userId },
      select: INFO,
      orderBy: [{ createdAt: 'desc' }, { id: 'asc' }],
    });
    return rows.map((row) => ({ ...row, scopes: known(row.scopes) }));
  });
}

/** NOT_FOUND when this user has no such token. Revoking again changes nothing. */
export function revokeApiToken(primary: Client, { userId, id }: { userId: string; id: string }): Promise<void> {
  return onDatabase(async () => {
    const known = await primary.apiToken.count({ where: { id, userId } });
    if (known === 0) throw new AppError('NOT_FOUND', { detail: 'no such token' });
    await primary.apiToken.updateMany({ where: { id, userId, revokedAt: null }, data: { revokedAt: new Date() } });
  });
}

/** The owner of a token, or null when it is unknown or revoked. Notes its use. */
export function findTokenOwner(primary: Client, token: string, now: Date): Promise<TokenOwner | null> {
  if (!token.startsWith(PREFIX)) return Promise.resolve(null);
  return onDatabase(async () => {
    const found = await primary.apiToken.findUnique({
      where: { sha256: digest(token) },
      include: { user: { select: { id: true, username: true } } },
    });
    if (!found || found.revokedAt) return null;
    if (!found.lastUsedAt || now.getTime() - found.lastUsedAt.getTime() > USED_STEP_MS) {
      await primary.apiToken.updateMany({ where: { id: found.id }, data: { lastUsedAt: now } });
    }
    return { ...found.user, token: { scopes: known(found.scopes), siteId: found.siteId } };
  });
}
