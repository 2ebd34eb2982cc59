/** What a record is besides its mapped fields. */
export interface SophosKind {
  readonly logType: string;
  readonly component: string;
  readonly subtype: string;
  readonly status: string;
  readonly message: string;
  /** Start, Interim or Stop of a connection. */
  readonly connection: string;
  /** What was done with a mail. */
  readonly mail: string;
}
