/**
 * A real collector in a process of its own, for tests that stop or kill it. Options as JSON in argv[2]; says `ready` over
 * IPC, and answers each message with its state. SIGTERM stops it in order; at `crashAt` it kills itself with SIGKILL.
 */
import { systemClock } from '@logmaster/core/clock';
import { createEvents } from '@logmaster/telemetry/events';
import { createLogger } from '@logmaster/telemetry/logger';
import { createRegistry } from '@logmaster/telemetry/metrics';
import { Collector } from '../collector/collector.ts';
import type { CollectorOptions } from '../collector/collector-options.ts';
import { type CrashAt, crashAt } from './crash-at.ts';

export type CollectorChildOptions = Omit<CollectorOptions, 'clock' | 'events' | 'fault'> & {
  readonly crashAt?: CrashAt | undefined;
};

const { crashAt: order, ...options } = JSON.parse(process.argv[2] ?? '{}') as CollectorChildOptions;
const events = createEvents(createLogger('collector-child', 'warn'), createRegistry());
const collector = new Collector({ ...options, clock: systemClock, events, fault: crashAt(order) });
process.on('SIGTERM', () => void collector.stop().then(() => process.exit(0)));
await collector.start();
process.on('message', () => {
  process.send?.(collector.state);
});
process.on('disconnect', () => process.exit(0));
process.send?.('ready');
