import { rfc3339ToMicros } from '@logmaster/core/time';
import { readQuarantinedRange } from '@logmaster/pipeline/processor/quarantine/quarantined-range';
import { ReplayFiles } from '@logmaster/pipeline/processor/quarantine/replay-files';
import {
  REPARSED_STATUSES,
  ReparseFiles,
  type ReparseRequest,
} from '@logmaster/pipeline/processor/reparse/reparse-files';
import { SegmentLayout } from '@logmaster/pipeline/segments/layout';
import { type Command, parseOptions, printJson, printLine } from '../command.ts';
import { EXIT, UsageError } from '../exit.ts';
import { layoutFor } from '../installation.ts';
import { printable } from '../printable.ts';
import { askProcessor } from '../processor-request.ts';
import { type QuarantineReport, reparseLines } from '../reparse-report.ts';

const HELP = `
Parses stored records again, from their sealed bytes, and puts the new events in the place of the old ones: after an upgrade
whose parsers know more. It is done by the running LogMaster, day by day, and goes on when it is started again or when this
command is ended. Evidence is not touched. Records of the quarantine that the index refused are tried again, too. What was left
out is said at the end, with what to do about it.

  --from T      received from (RFC 3339, or YYYY-MM-DD in UTC; default: the beginning)
  --to T        received before (default: now)
  --site S      one site, by its id
  --device D    one approved device, by its id, name or address
  --status L    of raw, failed, partial; with commas between (default raw,failed,partial)
  --dry-run     parses and counts, changes nothing
  --json        machine output
  --data DIR    data folder (default ./data)

Exit code 0 when all was done, 1 when a day was left as it was or the index refused a record again, 3 when no LogMaster runs on the folder.
`;

const OPTIONS = {
  from: { type: 'string' },
  to: { type: 'string' },
  site: { type: 'string' },
  device: { type: 'string' },
  status: { type: 'string', default: REPARSED_STATUSES.join(',') },
  'dry-run': { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
  data: { type: 'string' },
} as const;

function readTime(name: string, text: string | undefined, otherwise: number): number {
  if (text === undefined) return otherwise;
  const micros = rfc3339ToMicros(/^\d{4}-\d\d-\d\d$/.test(text) ? `${text}T00:00:00Z` : text);
  if (Number.isNaN(micros)) throw new UsageError(`${name} takes a day (2026-11-23) or a moment (2026-11-23T10:00:00Z)`);
  return micros;
}

function readStatuses(text: string): ReparseRequest['statuses'] {
  const statuses = text.split(',').map((word) => REPARSED_STATUSES.find((status) => status === word.trim()));
  const known = statuses.filter((status) => status !== undefined);
  if (known.length < statuses.length) throw new UsageError(`--status takes ${REPARSED_STATUSES.join(', ')}`);
  return [...new Set(known)];
}

/** Records that the index refused go through the parsers of now, too. */
async function retryQuarantined(layout: SegmentLayout, request: ReparseRequest): Promise<QuarantineReport> {
  const { refused, crashed } = await readQuarantinedRange(layout, request);
  const counts = { refused: refused.length, indexed: 0, crashed };
  if (request.dryRun || refused.length === 0) return counts;
  const { replayed } = await askProcessor(layout, new ReplayFiles(layout.replay), { ids: [...refused] });
  return { ...counts, indexed: replayed.length };
}

export const reparse: Command = {
  usage: [
    'reparse [--from T] [--to T] [--site S] [--device D] [--status raw,failed,partial] [--dry-run] [--json] [--data DIR]',
  ],
  help: HELP,
  async run(args, io) {
    const { values } = parseOptions({ args, options: OPTIONS, strict: true, allowPositionals: false });
    const { site, device, data } = values;
    const request: ReparseRequest = {
      statuses: readStatuses(values.status),
      from: readTime('--from', values.from, 0),
      to: readTime('--to', values.to, Date.now() * 1000),
      ...(site === undefined ? {} : { site }),
      ...(device === undefined ? {} : { device }),
      dryRun: values['dry-run'],
    };
    if (request.from >= request.to) throw new UsageError('--from must be before --to');
    const layout = new SegmentLayout(layoutFor(data).segments);
    const files = new ReparseFiles(layout.reparse);
    let said = '';
    const answer = await askProcessor(layout, files, request, async (name) => {
      const progress = await files.progress(name);
      if (progress === undefined) return;
      const { done, days, replaced, last } = progress;
      const text = `${done} of ${days} days, ${replaced} records replaced${last === undefined ? '' : ` (${last.site} ${last.day})`}`;
      if (text !== said) printLine(io.err, text);
      said = text;
    });
    if (answer.error !== undefined) {
      if (values.json) printJson(io.out, answer);
      else printLine(io.err, printable(answer.error));
      return EXIT.wrongUse;
    }
    const quarantine = await retryQuarantined(layout, request);
    if (values.json) printJson(io.out, { ...answer, quarantine });
    else for (const line of reparseLines(answer, quarantine, request.dryRun)) printLine(io.out, line);
    const refusedAgain = request.dryRun ? 0 : quarantine.refused - quarantine.indexed;
    return answer.failures.length + refusedAgain === 0 ? EXIT.done : EXIT.doesNotHold;
  },
};
