import { type QuarantineEntry, readQuarantine } from '@logmaster/pipeline/processor/quarantine/quarantine';
import { type ReplayAnswer, ReplayFiles } from '@logmaster/pipeline/processor/quarantine/replay-files';
import { SegmentLayout } from '@logmaster/pipeline/segments/layout';
import { type Command, type Io, parseOptions, printJson, printLine } from '../command.ts';
import { EXIT, UsageError } from '../exit.ts';
import { layoutFor } from '../installation.ts';
import { printable } from '../printable.ts';
import { askProcessor } from '../processor-request.ts';

const HELP = `
Records that are sealed like all others but are not in the index: it refused them, or the processor died or hung at
them. A replay parses them again from what was received and adds them to the index, each once; what can be
indexed now leaves the quarantine. It is done by the running LogMaster.

  ID…           record ids, as list shows them
  --all         every record of the quarantine
  --json        machine output
  --data DIR    data folder (default ./data)

Exit code of replay: 0 when every record is in the index now, 1 when one is not, 3 when no LogMaster runs on the folder.
`;

const OPTIONS = {
  json: { type: 'boolean', default: false },
  all: { type: 'boolean', default: false },
  data: { type: 'string' },
} as const;

const SHOWN_CHARACTERS = 120;

function list(entries: readonly QuarantineEntry[], asJson: boolean, io: Io): number {
  if (asJson) printJson(io.out, { records: entries });
  else if (entries.length === 0) printLine(io.err, 'The quarantine is empty.');
  for (const { id, at, site, cause, reason, record } of asJson ? [] : entries) {
    const raw = Buffer.from(record.raw, 'base64').toString('utf8').slice(0, SHOWN_CHARACTERS);
    printLine(io.out, `${id}  ${at}  ${site}  ${record.address}  ${cause}: ${printable(reason)}`);
    printLine(io.out, `    ${printable(raw)}`);
  }
  return EXIT.done;
}

function print(answer: ReplayAnswer, asJson: boolean, io: Io): number {
  const { replayed, failed, unknown } = answer;
  if (asJson) printJson(io.out, answer);
  else {
    for (const id of replayed) printLine(io.out, `${id}  indexed`);
    for (const { id, reason } of failed) printLine(io.out, `${id}  still in quarantine: ${printable(reason)}`);
    for (const id of unknown) printLine(io.out, `${printable(id)}  is not in quarantine`);
  }
  return failed.length + unknown.length === 0 ? EXIT.done : EXIT.doesNotHold;
}

export const quarantine: Command = {
  usage: ['quarantine list [--json] [--data DIR]', 'quarantine replay ID…|--all [--json] [--data DIR]'],
  help: HELP,
  async run(args, io) {
    const { values, positionals } = parseOptions({ args, options: OPTIONS, strict: true, allowPositionals: true });
    const [what, ...ids] = positionals;
    const layout = new SegmentLayout(layoutFor(values.data).segments);
    if (what === 'list' && ids.length === 0 && !values.all)
      return list(await readQuarantine(layout.quarantine), values.json, io);
    if (what !== 'replay' || values.all === ids.length > 0)
      throw new UsageError('quarantine takes list, or replay with record ids or --all');
    const request = { ids: values.all ? ('all' as const) : ids };
    return print(await askProcessor(layout, new ReplayFiles(layout.replay), request), values.json, io);
  },
};
