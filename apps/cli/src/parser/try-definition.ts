import { createReadStream } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { ParserTrial } from '@logmaster/core/api/parsers';
import { systemClock } from '@logmaster/core/clock';
import { readEnvironment } from '@logmaster/core/config/environment';
import { ingestEnvironment } from '@logmaster/core/config/fragments';
import { MAX_RECORD_BYTES } from '@logmaster/core/record';
import { createTrials } from '@logmaster/parsers/custom/trial/run-trial';
import type { TrialRecord } from '@logmaster/parsers/custom/trial/trial';
import { trialAnswer } from '@logmaster/parsers/custom/trial/trial-answer';
import { byteLines } from '../byte-lines.ts';
import { type Io, printLine } from '../command.ts';
import { printable } from '../printable.ts';

const TIME_LIMIT_MS = 60_000;

/** IANA zone of time stamps that carry none, where nothing says more. */
export function defaultTimeZone(): string {
  return readEnvironment(ingestEnvironment).LOGMASTER_DEVICE_TIME_ZONE;
}

/** The first lines of a file, or of standard input for `-`. */
export async function recordsOfFile(file: string, limit: number): Promise<TrialRecord[]> {
  const timeZone = defaultTimeZone();
  const input = file === '-' ? process.stdin : createReadStream(file);
  const records: TrialRecord[] = [];
  for await (const raw of byteLines(input, MAX_RECORD_BYTES)) {
    records.push({ raw, receivedAt: systemClock(), timeZone, source: '' });
    if (records.length === limit) break;
  }
  return records;
}

/** What a definition makes of records, in a thread of its own that is ended after a minute. */
export async function tryDefinition(definition: unknown, records: readonly TrialRecord[]): Promise<ParserTrial> {
  const workerModule = fileURLToPath(import.meta.resolve('@logmaster/parsers/custom/trial/trial-worker'));
  const trials = createTrials({ workerModule, timeLimitMs: TIME_LIMIT_MS });
  return trialAnswer(await trials.run(definition, records));
}

/** For people: of each record what was taken and what was wrong, then the totals. */
export function printTrial({ results, totals, stopped }: ParserTrial, io: Io): void {
  const line = (text: string) => printLine(io.out, printable(text).replaceAll('\n', '\\n'));
  for (const { matched, captures, errors, slow, microseconds, event } of results) {
    const { original } = event.event as { readonly original?: string };
    line(`${matched ? 'matched' : 'NOT MATCHED'}  ${microseconds} µs${slow ? ', too slow' : ''}  ${original}`);
    for (const { name, value } of captures) line(`    ${name} = ${value}`);
    for (const error of errors) line(`    ! ${error}`);
  }
  line(`${totals.matched} of ${totals.records} records matched, ${totals.slow} were too slow`);
  if (stopped) printLine(io.err, 'The trial was stopped: the definition takes too much time or memory.');
}
