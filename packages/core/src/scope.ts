import { z } from 'zod';

/**
 * What an asker may see (invariant 6). An argument of every SearchStore call, applied inside packages/search: a
 * search never returns, counts, sorts by or streams anything outside it.
 */
export const scopeSchema = z.strictObject({
  /** Site ids, or null for all. */
  sites: z.array(z.string()).nullable(),
  /** Device ids, or null for all. Device groups are resolved to devices before. */
  devices: z.array(z.string()).nullable(),
  /** µs; records outside [from, to) of received-at are invisible. */
  from: z.int().nullable(),
  to: z.int().nullable(),
  /** Fields that can't be queried, sorted or faceted, and whose values are blanked in the raw text. */
  maskedFields: z.array(z.string()),
});
export type Scope = z.infer<typeof scopeSchema>;

/** Sees everything: for processes that act for nobody. */
export const FULL_SCOPE: Scope = { sites: null, devices: null, from: null, to: null, maskedFields: [] };
