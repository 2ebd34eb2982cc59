import { createInterface } from 'node:readline';

/** What a line of a child's log means for the person at the terminal; undefined: only for the log file. */
export interface Warning {
  readonly text: string;
}

/** pino levels: 40 warn, 50 error, 60 fatal. */
const WARN = 40;

/** Reads a pino line. Other lines, and those below warn, give undefined. */
export function warningOf(line: string): Warning | undefined {
  if (!line.startsWith('{')) return undefined;
  try {
    const entry: unknown = JSON.parse(line);
    if (typeof entry !== 'object' || entry === null || !('level' in entry) || !('msg' in entry)) return undefined;
    if (typeof entry.level !== 'number' || entry.level < WARN) return undefined;
    const error = 'err' in entry ? (entry.err as { message?: unknown } | null) : undefined;
    const why = typeof error?.message === 'string' && error.message !== entry.msg ? ` (${error.message})` : '';
    return { text: `${String(entry.msg)}${why}` };
  } catch {
    // Not JSON after all: a line that happens to start with a brace.
    return undefined;
  }
}

/** Calls `onLine` for each line of a child's output. */
export function eachLine(stream: NodeJS.ReadableStream | null, onLine: (line: string) => void): void {
  if (stream) createInterface({ input: stream, crlfDelay: Number.POSITIVE_INFINITY }).on('line', onLine);
}
