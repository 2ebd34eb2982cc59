import type { Fault, FaultPoint } from '../fault.ts';

/** The how manieth time that a process comes by a point it kills itself. */
export interface CrashAt {
  readonly point: FaultPoint;
  readonly occurrence: number;
}

/** SIGKILL to this process at the ordered point; nothing without an order. */
export function crashAt(order: CrashAt | undefined): Fault {
  let seen = 0;
  return (point) => {
    if (point !== order?.point) return;
    seen += 1;
    if (seen === order.occurrence) process.kill(process.pid, 'SIGKILL');
  };
}
