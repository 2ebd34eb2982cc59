import type { IndexShedState } from '@logmaster/core/api/disk';
import type { IndexOrders } from '@logmaster/pipeline/disk/orders';
import type { ProcessorReport } from '@logmaster/pipeline/processor/report';
import type { MetricsSnapshot } from '@logmaster/telemetry/metrics';

/** From the processor to the main process. Both are the same version of the same program. */
export interface ReportMessage {
  readonly type: 'report';
  readonly report: ProcessorReport;
  /** What is out of the index; undefined where it is not in files of our own. */
  readonly shed: IndexShedState | undefined;
  readonly metrics: MetricsSnapshot;
}

/** From the main process to the processor. */
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

export function isReport(message: unknown): message is ReportMessage {
  return (message as { type?: unknown } | null)?.type === 'report';
}

export function isStop(message: unknown): message is StopMessage {
  return (message as { type?: unknown } | null)?.type === 'stop';
}
