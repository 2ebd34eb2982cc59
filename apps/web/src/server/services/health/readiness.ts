import type { Database } from '@logmaster/db/client';
import { canServe } from '@logmaster/db/server-check';
import { remembered } from './remembered.ts';

/** Load balancers give up after some seconds; an answer must come before that. */
const TIMEOUT_MS = 2_000;
/** Several load balancers ask each second. */
const BELIEVED_MS = 1_000;

/** Tells whether this node can serve requests now: its database is reached, takes writes and is migrated. */
export function readiness({ primary }: Pick<Database, 'primary'>): () => Promise<boolean> {
  return remembered({ work: () => canServe(primary), late: false, timeoutMs: TIMEOUT_MS, believedMs: BELIEVED_MS });
}
