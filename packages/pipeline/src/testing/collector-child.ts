/**
 * A real collector in a process of its own, for tests that stop or kill it. Options as JSON in argv[2]; says `ready` over
 * IPC, and answers each message with its state.
 */
import { systemClock } from '@logmaster/core/clock';
import { createEvents } from '@logmaster/telemetry/events';
import { createLogger } from '@logmaster/telemetry/logger';
import { createRegistry } from '@logmaster/telemetry/metrics';
import { Collector, type CollectorOptions } from '../collector/collector.ts';

const options = JSON.parse(process.argv[2] ?? '{}') as Omit<CollectorOptions, 'clock' | 'events'>;
const events = createEvents(createLogger('collector-child', 'warn'), createRegistry());
const collector = new Collector({ ...options, clock: systemClock, events });
await collector.start();
process.on('message', () => {
  process.send?.(collector.state);
});
process.on('disconnect', () => process.exit(0));
process.send?.('ready');
