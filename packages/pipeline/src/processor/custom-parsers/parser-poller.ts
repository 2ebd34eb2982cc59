import {
  NO_PARSERS,
  type ParserDirectory,
  type ParserSet,
  parserSetSchema,
} from '@logmaster/core/custom-parsers/parser-set';
import type { CustomParsers } from '@logmaster/parsers/custom/custom-parsers';
import type { Events } from '@logmaster/telemetry/events';
import { Backoff } from '../../backoff.ts';
import { readIfPresent, replaceFile } from '../../files.ts';

export interface ParserPollerOptions {
  /** Undefined when no database is configured: then the last copy is all there is. */
  readonly directory: ParserDirectory | undefined;
  /** Newest copy, for the next start without a database and for the sealer. */
  readonly file: string;
  readonly parsers: CustomParsers;
  readonly events: Events;
}

/** Brings custom parsers from the database and takes them into use. While it is away the last copy is used. */
export class ParserPoller {
  private readonly options: ParserPollerOptions;
  private readonly backoff = new Backoff();
  private known: number | undefined;

  constructor(options: ParserPollerOptions) {
    this.options = options;
  }

  /** Takes the copy of the last run into use. What the database has since then is brought by the first poll. */
  async load(): Promise<void> {
    const { file, parsers } = this.options;
    parsers.use(await readParserSet(file));
  }

  async poll(): Promise<void> {
    const { directory, file, parsers, events } = this.options;
    if (directory === undefined || !this.backoff.ready) return;
    try {
      const set = await directory.loadParsers(this.known);
      this.backoff.worked();
      if (set === undefined) return;
      await replaceFile(file, JSON.stringify(set));
      const changed = set.version !== parsers.version;
      parsers.use(set);
      this.known = set.version;
      if (changed) events.emit('custom_parsers_changed', { version: set.version, parsers: set.parsers.length });
    } catch (error) {
      this.backoff.failed();
      events.emit('custom_parsers_away', { reason: error instanceof Error ? error.message : String(error) });
    }
  }
}

/** The newest copy of the processor; empty when there is none yet. */
export async function readParserSet(file: string): Promise<ParserSet> {
  const bytes = await readIfPresent(file);
  return bytes === undefined ? NO_PARSERS : parserSetSchema.parse(JSON.parse(bytes.toString()));
}
