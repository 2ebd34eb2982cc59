import { z } from 'zod';

/**
 * What an API token may do. `read`: everything that only shows. A write scope does not read: a front desk that tells who
 * has which address has no business with the records.
 */
export const TOKEN_SCOPES = ['read', 'parsers:write', 'assets:write', 'identity:write'] as const;

export const tokenScopeSchema = z.enum(TOKEN_SCOPES);
export type TokenScope = z.infer<typeof tokenScopeSchema>;

export const tokenScopesSchema = z
  .array(tokenScopeSchema)
  .min(1)
  .transform((scopes) => TOKEN_SCOPES.filter((scope) => scopes.includes(scope)));

/** Of a token of which nothing else is said. */
export const DEFAULT_SCOPES: readonly TokenScope[] = ['read'];
