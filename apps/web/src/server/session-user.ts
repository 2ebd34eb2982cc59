import type { TokenScope } from '@logmaster/core/api/token-scopes';

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
