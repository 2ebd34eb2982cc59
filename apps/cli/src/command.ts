import { type ParseArgsConfig, parseArgs } from 'node:util';
import { UsageError } from './exit.ts';

/** Where a command writes: results to `out`, progress and messages to `err`. */
export interface Io {
  readonly out: NodeJS.WritableStream;
  readonly err: NodeJS.WritableStream;
}

/** One command a file in commands/. `run` resolves with the exit code. */
export interface Command {
  /** How it is called, one form a line, without `logmaster`. */
  readonly usage: readonly string[];
  /** What each option means, shown by `logmaster help NAME`. */
  readonly help: string;
  run(args: string[], io: Io): Promise<number>;
}

/** node:util parseArgs whose complaints are usage errors. */
export function parseOptions<T extends ParseArgsConfig>(config: T): ReturnType<typeof parseArgs<T>> {
  try {
    return parseArgs(config);
  } catch (error) {
    if (error instanceof TypeError) throw new UsageError(error.message);
    throw error;
  }
}

export function printLine(stream: NodeJS.WritableStream, text = ''): void {
  stream.write(`${text}\n`);
}

export function printJson(stream: NodeJS.WritableStream, value: unknown): void {
  stream.write(`${JSON.stringify(value, undefined, 2)}\n`);
}
