import type { ProcessorReport } from '@logmaster/pipeline/processor/report';
import type { MetricsSnapshot } from '@logmaster/telemetry/metrics';

/** From the processor to the main process. Both are the same version of the same program. */
export interface ReportMessage {
  readonly type: 'report';
  readonly report: ProcessorReport;
  readonly metrics: MetricsSnapshot;
}

/** From the main process to the processor. */
export interface StopMessage {
  readonly type: 'stop';
}

export function isReport(message: unknown): message is ReportMessage {
  return (message as { type?: unknown } | null)?.type === 'report';
}

export function isStop(message: unknown): message is StopMessage {
  return (message as { type?: unknown } | null)?.type === 'stop';
}
