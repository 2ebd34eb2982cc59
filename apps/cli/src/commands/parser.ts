import type { ParserTrial } from '@logmaster/core/api/parsers';
import { type Command, type Io, parseOptions, printJson, printLine } from '../command.ts';
import { EXIT, UsageError } from '../exit.ts';
import { readDefinition } from '../parser/definition-file.ts';
import { onDatabaseOf, type StoredParsers, storedParsers } from '../parser/stored-parsers.ts';
import { recordsOfDevice, recordsOfFile, tryDefinition } from '../parser/try-records.ts';
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

type Values = ReturnType<typeof readArgs>['values'];

function readArgs(args: string[]) {
  return parseOptions({ args, options: OPTIONS, strict: true, allowPositionals: true });
}

function whole(text: string, what: string, most = Number.MAX_SAFE_INTEGER): number {
  const value = /^[1-9]\d{0,8}$/.test(text) ? Number(text) : Number.NaN;
  if (value <= most) return value;
  throw new UsageError(`${what} is a whole number from 1 on${most < 1e9 ? ` up to ${most}` : ''}`);
}

async function tryFile(file: string, { device, records, limit, data, json }: Values, io: Io): Promise<number> {
  if ((device === undefined) === (records === undefined))
    throw new UsageError('try needs either --device or --records');
  const most = whole(limit, '--limit', 1000);
  const { definition } = await readDefinition(file);
  const tried =
    device === undefined ? await recordsOfFile(records as string, most) : await recordsOfDevice(device, most, data);
  const trial = await tryDefinition(definition, tried);
  if (json) printJson(io.out, trial);
  else printTrial(trial, io);
  return trial.totals.unmatched === 0 && !trial.stopped ? EXIT.done : EXIT.doesNotHold;
}

function printTrial({ results, totals, stopped }: ParserTrial, io: Io): void {
  for (const { matched, captures, errors, slow, microseconds, event } of results) {
    const { original } = event.event as { readonly original?: string };
    printLine(
      io.out,
      printable(`${matched ? 'matched' : 'NOT MATCHED'}  ${microseconds} µs${slow ? ', too slow' : ''}  ${original}`),
    );
    for (const { name, value } of captures) printLine(io.out, printable(`    ${name} = ${value}`));
    for (const error of errors) printLine(io.out, printable(`    ! ${error}`));
  }
  printLine(io.out, `${totals.matched} of ${totals.records} records matched, ${totals.slow} were too slow`);
  if (stopped) printLine(io.err, 'The trial was stopped: the definition takes too much time or memory.');
}

/** What each action on stored parsers answers, and how a person reads it. */
const ACTIONS: Readonly<
  Record<
    string,
    (stored: StoredParsers, args: readonly string[], values: Values) => Promise<readonly [unknown, string[]]>
  >
> = {
  async list(stored) {
    const parsers = await stored.list();
    const lines = parsers.map(
      (each) =>
        `${each.name}  ${each.active_version === null ? 'not in use' : `version ${each.active_version}`}  ${each.description}`,
    );
    return [{ parsers }, lines];
  },
  async show(stored, [name = ''], { version }) {
    const shown = await stored.show(name, version === undefined ? undefined : whole(version, '--version'));
    return [shown, [JSON.stringify(shown.definition, undefined, 2)]];
  },
  async versions(stored, [name = '']) {
    const versions = await stored.versions(name);
    const lines = versions.map(
      (each) => `${each.version}  ${each.created_at}  ${each.author}${each.active ? '  in use' : ''}`,
    );
    return [{ versions }, lines];
  },
  async save(stored, [file = ''], values) {
    const saved = await stored.save(await readDefinition(file), !values['no-activate']);
    return [saved, [`${saved.name} version ${saved.version}${saved.active ? ' is in use' : ' is saved'}`]];
  },
  async activate(stored, [name = '', version = '']) {
    const parser = await stored.activate(name, whole(version, 'the version'));
    return [parser, [`${name} version ${version} is in use`]];
  },
  async deactivate(stored, [name = '']) {
    return [await stored.deactivate(name), [`${name} is not in use`]];
  },
};
const ARGUMENTS: Readonly<Record<string, number>> = { list: 0, activate: 2 };

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
    const work = Object.hasOwn(ACTIONS, action) ? ACTIONS[action] : undefined;
    if (work === undefined || rest.length !== (ARGUMENTS[action] ?? 1))
      throw new UsageError(
        'parser takes list, show, versions, try, save, activate or deactivate; see logmaster help parser',
      );
    const [answer, lines] = await onDatabaseOf(values.data, (primary) => work(storedParsers(primary), rest, values));
    if (values.json) printJson(io.out, answer);
    else for (const line of lines) printLine(io.out, printable(line));
    return EXIT.done;
  },
};
