import { createReadStream } from 'node:fs';
import { systemClock } from '@logmaster/core/clock';
import { readEnvironment } from '@logmaster/core/config/environment';
import { ingestEnvironment } from '@logmaster/core/config/fragments';
import { toEcs } from '@logmaster/core/event/event';
import { MAX_RECORD_BYTES } from '@logmaster/core/record';
import { CustomParsers } from '@logmaster/parsers/custom/custom-parsers';
import { createRecordParser } from '@logmaster/parsers/record-parser';
import { byteLines } from '../byte-lines.ts';
import { type Command, parseOptions, printJson, printLine } from '../command.ts';
import { EXIT, UsageError } from '../exit.ts';
import { describeStats, ParseStatsCounter } from '../parse-stats.ts';
import { readDefinition } from '../parser/definition-file.ts';

const HELP = `
Parses raw log lines as ingest does: one ECS event a line as JSON, one for each input line, in order.

  -                 reads standard input
  --json            the same: the output is always JSON, but for --stats
  --stats           instead of the events how well they were parsed, by vendor: records, fields seen, values that did
                    not fit, and the patterns that no parser knows; with --json for programs
  --source ADDRESS  sender the lines are taken to come from (default 127.0.0.1)
  --definition FILE a custom parser that all lines are offered to (docs/custom-parsers.md)

Time stamps without a zone are read in LOGMASTER_DEVICE_TIME_ZONE (default Europe/Istanbul).
`;

const OPTIONS = {
  json: { type: 'boolean', default: false },
  stats: { type: 'boolean', default: false },
  source: { type: 'string', default: '127.0.0.1' },
  definition: { type: 'string' },
} as const;

/** Writes and waits when the reader is slower. */
async function write(out: NodeJS.WritableStream, text: string): Promise<void> {
  if (!out.write(text)) await new Promise<void>((resolve) => out.once('drain', () => resolve()));
}

async function customParser(file: string | undefined): Promise<CustomParsers | undefined> {
  if (file === undefined) return undefined;
  const { parser } = await readDefinition(file);
  const custom = new CustomParsers();
  custom.useOnly(parser.definition.name, parser);
  return custom;
}

export const parse: Command = {
  usage: ['parse FILE|- [--stats] [--json] [--source ADDRESS] [--definition FILE]'],
  help: HELP,
  async run(args, io) {
    const { values, positionals } = parseOptions({ args, options: OPTIONS, strict: true, allowPositionals: true });
    const [file] = positionals;
    if (file === undefined || positionals.length > 1)
      throw new UsageError('parse needs one FILE, or - for standard input');
    const timeZone = readEnvironment(ingestEnvironment).LOGMASTER_DEVICE_TIME_ZONE;
    const parser = createRecordParser(await customParser(values.definition));
    const counter = values.stats ? new ParseStatsCounter() : undefined;
    const input = file === '-' ? process.stdin : createReadStream(file);
    for await (const line of byteLines(input, MAX_RECORD_BYTES)) {
      const event = parser.parse(line, { receivedAt: systemClock(), timeZone, source: values.source });
      if (counter === undefined) await write(io.out, `${JSON.stringify(toEcs(event))}\n`);
      else counter.add(event);
    }
    if (counter !== undefined && values.json) printJson(io.out, counter.stats);
    else for (const line of counter === undefined ? [] : describeStats(counter.stats)) printLine(io.out, line);
    return EXIT.done;
  },
};
