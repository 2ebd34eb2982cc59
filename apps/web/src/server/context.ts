import type { TokenScope } from '@logmaster/core/api/token-scopes';
import type { Dependencies } from './dependencies.ts';

/** Who asks: as the session cookie says and the Session table confirms, or as the owner of an API token. */
export interface SessionUser {
  readonly id: string;
  readonly username: string;
  readonly mustChangePassword: boolean;
  /** Null for the owner of an API token. */
  readonly sessionId: string | null;
  /** What the API token allows; left out in a session. */
  readonly token?: {
    readonly scopes: readonly TokenScope[];
    /** The one site that it is for; null: all that its user may see. */
    readonly siteId: string | null;
  };
}

/** What every procedure and REST route gets. */
export interface RequestContext {
  readonly deps: Dependencies;
  /** Null when nobody is signed in. */
  readonly session: SessionUser | null;
  /** Stands in answers and in the log. */
  readonly requestId: string;
}
