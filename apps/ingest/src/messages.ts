import type { IndexShedState } from '@logmaster/core/api/disk';
import type { ErrorCode } from '@logmaster/core/errors';
import type { IndexOrders } from '@logmaster/pipeline/disk/orders';
import type { ProcessorReport } from '@logmaster/pipeline/processor/report';
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

/** From the main process to the processor: room on the disk of the index. */
export interface DiskMessage {
  readonly type: 'disk';
  readonly orders: IndexOrders;
}

export function isDisk(message: unknown): message is DiskMessage {
  return (message as { type?: unknown } | null)?.type === 'disk';
}

/** What the processor's process says: the processor's report, and what is out of an index in files of our own. */
export interface ProcessorMessage extends ProcessorReport {
  readonly shed: IndexShedState | undefined;
}

/** The argument after the role's name for a life that follows ends without progress. */
export const CAREFUL = 'careful';

export function isStop(message: unknown): message is StopMessage {
  return (message as { type?: unknown } | null)?.type === 'stop';
}
