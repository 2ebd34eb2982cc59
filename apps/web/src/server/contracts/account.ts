import { DEFAULT_SCOPES, tokenScopeSchema, tokenScopesSchema } from '@logmaster/core/api/token-scopes';
import { displayNameSchema, slugSchema } from '@logmaster/core/names';
import { z } from 'zod';

const password = z.string().min(1).max(1024);

export const preferencesSchema = z.object({
  locale: z.enum(['tr', 'en']),
  theme: z.enum(['system', 'light', 'dark']),
  timeZone: z.string().max(64),
});

export const meSchema = preferencesSchema.extend({
  id: z.string(),
  username: z.string(),
  mustChangePassword: z.boolean(),
  sessionId: z.string(),
});

export const changePasswordInputSchema = z.object({ current: password, next: password });
export const preferencesInputSchema = preferencesSchema.partial();

export const sessionSchema = z.object({
  id: z.string(),
  /** The one this request came with. */
  current: z.boolean(),
  createdAt: z.date(),
  lastSeenAt: z.date(),
  expiresAt: z.date(),
  address: z.string(),
  userAgent: z.string(),
});
export const sessionListSchema = z.array(sessionSchema);
export const refSchema = z.object({ id: z.uuid() });

export const tokenSchema = z.object({
  id: z.string(),
  name: z.string(),
  scopes: z.array(tokenScopeSchema),
  siteId: z.string().nullable(),
  createdAt: z.date(),
  lastUsedAt: z.date().nullable(),
  revokedAt: z.date().nullable(),
});
export const tokenListSchema = z.array(tokenSchema);
export const createTokenInputSchema = z.object({
  name: displayNameSchema,
  scopes: tokenScopesSchema.default([...DEFAULT_SCOPES]),
  /** Null: every site. */
  siteId: slugSchema.nullable().default(null),
});
/** `token` is shown this once. */
export const createdTokenSchema = z.object({ token: z.string(), info: tokenSchema });
