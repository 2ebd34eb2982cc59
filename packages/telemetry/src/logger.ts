import { type Logger, pino } from 'pino';

export type { Logger } from 'pino';

/** One JSON line per event on stderr; stdout stays free for results. */
export function createLogger(name: string, level: string): Logger {
  return pino({ name, level, timestamp: pino.stdTimeFunctions.isoTime }, pino.destination({ dest: 2, sync: true }));
}
