import type { IndexShedState } from '@logmaster/core/api/disk';
import type { ErrorCode } from '@logmaster/core/errors';
import type { IndexOrders } from '@logmaster/pipeline/disk/orders';
import type { ProcessorReport } from '@logmaster/pipeline/processor/report';
import type { SealerReport } from '@logmaster/pipeline/sealer/sealer-report';
import type { Events } from '@logmaster/telemetry/events';
import type { Logger } from '@logmaster/telemetry/logger';
import type { MetricsSnapshot } from '@logmaster/telemetry/metrics';

/** Parts of ingest, each once a node, that the main process keeps running in a child. */
export type RoleName = 'processor' | 'sealer';

/** What a role is opened with. */
export interface RoleTools {
  readonly events: Events;
  readonly logger: Logger;
  /** The lives before this one ended without progress. */
  readonly careful: boolean;
  /** Something that can't be tried again. */
  readonly onFatal: (error: unknown) => void;
}

/** Of the roles that are in the process. */
export interface RoleReport {
  readonly processor?: ProcessorReport;
  readonly sealer?: SealerReport;
  /** The processor's: what is out of an index in files of our own. */
  readonly shed?: IndexShedState;
}

/** From a role's process to the main process. Both are the same version of the same program. */
export type FromRole =
  /** The event loop turns. */
  | { readonly type: 'alive' }
  | { readonly type: 'report'; readonly report: RoleReport; readonly metrics: MetricsSnapshot }
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

/** The argument after the role's name for a life that follows ends without progress. */
export const CAREFUL = 'careful';

/** Of a role process's first argument. */
export function rolesOf(argument: string): readonly RoleName[] {
  return argument.split(',').filter((role): role is RoleName => role === 'processor' || role === 'sealer');
}

export function isStop(message: unknown): message is StopMessage {
  return (message as { type?: unknown } | null)?.type === 'stop';
}
