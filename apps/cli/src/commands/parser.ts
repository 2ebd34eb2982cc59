import { z } from 'zod';
import { type Command, type Io, parseOptions, printJson, printLine } from '../command.ts';
import { EXIT, UsageError } from '../exit.ts';
import { ACTIONS, wholeNumber } from '../parser/actions.ts';
import { readDefinition } from '../parser/definition-file.ts';
import { printable } from '../printable.ts';

const HELP = `
Custom parsers: definitions for devices that the built-in parsers do not know (docs/custom-parsers.md). A save makes a new
version, which never changes; the running LogMaster takes it over within seconds.

  list                  all parsers, with the version in use
  show NAME             a definition: --version, else the one in use, else the newest
  versions NAME         all that was saved under the name
  try FILE              what a definition would make of records; nothing is saved
  save FILE             saves a version and takes it into use
  activate NAME N       takes version N into use, also an earlier one again
  deactivate NAME       takes the parser out of use; its versions stay

  --device ID           try: the newest records of a device, from the index
  --records FILE|-      try: raw records, one a line
  --limit N             try: at most so many records (default 100, at most 1000)
  --version N           show: that version
  --no-activate         save: leaves the version in use as it is
  --json                machine output
  --data DIR            data folder (default ./data)

Exit code of try: 0 when every record matched, 1 when one did not.
`;

const OPTIONS = {
  device: { type: 'string' },
  records: { type: 'string' },
  limit: { type: 'string', default: '100' },
  version: { type: 'string' },
  'no-activate': { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
  data: { type: 'string' },
} as const;

const MOST_RECORDS = 1000;

type Values = ReturnType<typeof readArgs>['values'];

function readArgs(args: string[]) {
  return parseOptions({ args, options: OPTIONS, strict: true, allowPositionals: true });
}

async function tryFile(file: string, values: Values, io: Io): Promise<number> {
  const { device, records, json } = values;
  if ((device === undefined) === (records === undefined))
    throw new UsageError('try needs either --device or --records');
  if (device !== undefined && !z.uuid().safeParse(device).success)
    throw new UsageError('--device is the id of a device, as GET /api/v1/devices shows it');
  const limit = wholeNumber(values.limit, '--limit', MOST_RECORDS);
  const { definition } = await readDefinition(file);
  const { printTrial, recordsOfFile, tryDefinition } = await import('../parser/try-definition.ts');
  const tried = await (device === undefined
    ? recordsOfFile(records as string, limit)
    : findRecords(device, limit, values.data));
  const trial = await tryDefinition(definition, tried);
  if (json) printJson(io.out, trial);
  else printTrial(trial, io);
  return trial.totals.unmatched === 0 && !trial.stopped ? EXIT.done : EXIT.doesNotHold;
}

async function findRecords(device: string, limit: number, data: string | undefined) {
  const { defaultTimeZone } = await import('../parser/try-definition.ts');
  const { recordsOfDevice } = await import('../parser/device-records.ts');
  return recordsOfDevice({ device, limit, data, defaultTimeZone: defaultTimeZone() });
}

export const parser: Command = {
  usage: [
    'parser list|show NAME|versions NAME [--version N] [--json] [--data DIR]',
    'parser try FILE --device ID|--records FILE [--limit N] [--json] [--data DIR]',
    'parser save FILE [--no-activate] [--json] [--data DIR]',
    'parser activate NAME N|deactivate NAME [--json] [--data DIR]',
  ],
  help: HELP,
  async run(args, io) {
    const { values, positionals } = readArgs(args);
    const [action = '', ...rest] = positionals;
    if (action === 'try' && rest.length === 1) return tryFile(rest[0] as string, values, io);
    const known = Object.hasOwn(ACTIONS, action) ? ACTIONS[action] : undefined;
    if (known === undefined || rest.length !== known.takes)
      throw new UsageError(
        'parser takes list, show, versions, try, save, activate or deactivate; see logmaster help parser',
      );
    const { onDatabaseOf, storedParsers } = await import('../parser/stored-parsers.ts');
    const done = await onDatabaseOf(values.data, (primary) => known.run(storedParsers(primary), rest, values));
    if (values.json) printJson(io.out, done.answer);
    else for (const line of done.lines) printLine(io.out, printable(line));
    return EXIT.done;
  },
};
