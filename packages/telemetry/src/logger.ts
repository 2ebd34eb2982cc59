import { type Logger, pino } from 'pino';

export type { Logger } from 'pino';

/** What can't be written waits in memory up to this; lines beyond it are dropped. */
const WAITING_BYTES = 1024 * 1024;

/** One JSON line per event on stderr; stdout stays free for results. */
export function createLogger(name: string, level: string): Logger {
  const destination = pino.destination({ dest: 2, sync: true, maxLength: WAITING_BYTES });
  // Logs are often on the disk that is full. That is no reason to end: the lines are written with the next one that can be.
  destination.on('error', () => undefined);
  return pino({ name, level, timestamp: pino.stdTimeFunctions.isoTime }, destination);
}
