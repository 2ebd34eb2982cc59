import type { ErrorCode } from '@logmaster/core/errors';
import type { MetricsSnapshot } from '@logmaster/telemetry/metrics';

/** Parts of ingest that the main process keeps running as children, each once a node. */
export type RoleName = 'processor' | 'sealer';

/** From a role's process to the main process. Both are the same version of the same program. */
export type FromRole<Report> =
  /** The event loop turns. */
  | { readonly type: 'alive' }
  | { readonly type: 'report'; readonly report: Report; readonly metrics: MetricsSnapshot }
  | { readonly type: 'failed'; readonly code: ErrorCode; readonly detail: string | undefined };

/** From the main process to a role's. */
export interface StopMessage {
  readonly type: 'stop';
}

/** The argument after the role's name for a life that follows ends without progress. */
export const CAREFUL = 'careful';

export function isStop(message: unknown): message is StopMessage {
  return (message as { type?: unknown } | null)?.type === 'stop';
}
