import { Registry } from 'prom-client';
import { expect, test } from 'vitest';
import { createEvents } from './events.ts';
import { createLogger, type Logger } from './logger.ts';

function recordingLogger(): { logger: Logger; lines: Record<string, unknown>[] } {
  const lines: Record<string, unknown>[] = [];
  const logger = createLogger('test', 'silent');
  for (const level of ['debug', 'info', 'warn', 'error'] as const) {
    logger[level] = ((fields: Record<string, unknown>) => lines.push({ level, ...fields })) as Logger['info'];
  }
  return { logger, lines };
}

test('an event is a line and a counter', async () => {
  const { logger, lines } = recordingLogger();
  const registry = new Registry();
  const events = createEvents(logger, registry);
  events.emit('record_dropped', { reason: 'backpressure' }, 7);
  expect(lines).toEqual([{ level: 'warn', event: 'record_dropped', reason: 'backpressure' }]);
  expect(events.count('record_dropped')).toBe(7);
  expect(await registry.metrics()).toContain('logmaster_record_dropped_total 7');
});

test('a flood is counted whole but written in part, and says how much was left out', () => {
  const { logger, lines } = recordingLogger();
  let now = 0;
  const events = createEvents(logger, new Registry(), () => now);
  for (let i = 0; i < 1000; i++) events.emit('record_dropped');
  expect(events.count('record_dropped')).toBe(1000);
  expect(lines).toHaveLength(20);
  now = 5000;
  events.emit('record_dropped');
  expect(lines.at(-1)).toMatchObject({ lines_left_out: 980 });
});
