import type { Dependencies } from './dependencies.ts';
import type { SessionUser } from './session-user.ts';

/** What every procedure and REST route gets. */
export interface RequestContext {
  readonly deps: Dependencies;
  /** Null when nobody is signed in. */
  readonly session: SessionUser | null;
  /** Stands in answers and in the log. */
  readonly requestId: string;
}
