import type { ErrorCode } from '@logmaster/core/errors';
import type { Account } from '@logmaster/pipeline/collector/accounts/account-book';
import type { CollectorState } from '@logmaster/pipeline/collector/collector';
import type { SocketName } from '@logmaster/pipeline/collector/collector-options';
import type { SenderOrders } from '@logmaster/pipeline/disk/orders';
import type { StreamPosition } from '@logmaster/pipeline/journal/block';
import type { MetricsSnapshot } from '@logmaster/telemetry/metrics';

/** Between the main process and a receiving worker. Both are the same version of the same program. */
export type ToWorker =
  | {
      readonly type: 'open';
      /** The second half of its stream's name. */
      readonly worker: string;
      /** Where the bound sockets are among its file descriptors. */
      readonly sockets: Partial<Record<SocketName, number>>;
      /** Up to where accounts of earlier workers of the stream were heard. */
      readonly accountedTo: StreamPosition | undefined;
      /** Kernel drops counted so far, by socket; undefined for workers that leave the counting to another one. */
      readonly countedDrops: Readonly<Record<string, number>> | undefined;
    }
  /** `handover`: another worker takes the sockets. */
  | { readonly type: 'stop'; readonly handover: boolean }
  /** How fast its senders may be, for the room that the disk has. */
  | { readonly type: 'slow'; readonly orders: SenderOrders }
  /** Read the certificate files again. */
  | { readonly type: 'reload' };

export interface WorkerReport {
  readonly state: CollectorState;
  readonly stream: string;
  readonly listening: boolean;
  /** Why the journal can't be written. */
  readonly failure: string | undefined;
  /** The journal's disk is full. */
  readonly full: boolean;
  /** Closed since the last report. */
  readonly accounts: readonly Account[];
  readonly metrics: MetricsSnapshot;
}

export type FromWorker =
  /** Loaded; it takes nothing before it is told to open. */
  | { readonly type: 'standing-by' }
  | { readonly type: 'ready' }
  | { readonly type: 'failed'; readonly code: ErrorCode; readonly detail: string | undefined }
  | { readonly type: 'report'; readonly report: WorkerReport };
