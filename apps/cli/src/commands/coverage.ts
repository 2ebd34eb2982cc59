import type { RestCoverage, RestCoverageList } from '@logmaster/core/api/coverage';
import { AppError } from '@logmaster/core/errors';
import { toRestCoverage, toRestCoverageList } from '@logmaster/db/coverage/answers';
import { acceptCoverage, listCoverage, readCoverage, withCoverage } from '@logmaster/db/coverage/device-coverage';
import { type Command, type Io, parseOptions, printJson, printLine } from '../command.ts';
import { describeCoverage, describeCoverageList } from '../coverage-text.ts';
import { EXIT, UsageError } from '../exit.ts';
import { findDatabaseUrl, layoutFor } from '../installation.ts';

const HELP = `
How the records of devices are parsed: the share that is parsed whole, the fields ever seen, values that did not fit, texts
that no parser knows, and whose parsing has drifted from what is usual for it.

  --device D    one device, by its id, address or name; without it all of them
  --hours N     how far back, for one device (default 24, at most 840)
  --json        machine output
  --data DIR    data folder (default ./data)

accept says that how a device is parsed now is usual from now on: an open drift ends.

Exit code 0, or 1 when the parsing of a device that was asked for has drifted.
`;

const OPTIONS = {
  device: { type: 'string' },
  hours: { type: 'string', default: '24' },
  json: { type: 'boolean', default: false },
  data: { type: 'string' },
} as const;

const HOUR_MS = 3600_000;
const MOST_HOURS = 840;

function print(answer: RestCoverage | RestCoverageList, lines: readonly string[], asJson: boolean, io: Io): number {
  if (asJson) printJson(io.out, answer);
  else for (const line of lines) printLine(io.out, line);
  const drifts = 'devices' in answer ? answer.devices.map(({ drift }) => drift) : [answer.drift];
  return drifts.some((drift) => drift !== null) ? EXIT.doesNotHold : EXIT.done;
}

function readHours(text: string): number {
  const hours = Number(text);
  if (!Number.isInteger(hours) || hours < 1 || hours > MOST_HOURS)
    throw new UsageError(`--hours takes a whole number from 1 to ${MOST_HOURS}`);
  return hours;
}

export const coverage: Command = {
  usage: ['coverage [--device D] [--hours N] [--json] [--data DIR]', 'coverage accept --device D [--data DIR]'],
  help: HELP,
  async run(args, io) {
    const { values, positionals } = parseOptions({ args, options: OPTIONS, strict: true, allowPositionals: true });
    const accepts = positionals.length === 1 && positionals[0] === 'accept';
    if ((positionals.length > 0 && !accepts) || (accepts && values.device === undefined))
      throw new UsageError('coverage takes nothing, or accept with --device');
    const hours = readHours(values.hours);
    const now = Date.now();
    return withCoverage(await findDatabaseUrl(layoutFor(values.data)), async (primary) => {
      const all = await listCoverage(primary, new Date(now - 24 * HOUR_MS));
      if (values.device === undefined) {
        const answer = toRestCoverageList(all);
        return print(answer, describeCoverageList(answer), values.json, io);
      }
      const wanted = values.device;
      const found = all.filter(({ id, address, name }) => [id, address, name].includes(wanted));
      const [device] = found;
      if (device === undefined) throw new AppError('NOT_FOUND', { detail: 'no such device' });
      if (found.length > 1) throw new UsageError('several devices have this name; use the id or the address');
      if (accepts) {
        await acceptCoverage(primary, device.id, new Date(now));
        printLine(io.err, 'How it is parsed now is usual from now on.');
        return EXIT.done;
      }
      const { id, name, address } = device;
      const known = await readCoverage(primary, id, new Date(now - hours * HOUR_MS));
      const answer = toRestCoverage({ device: { id, name, address }, ...known });
      return print(answer, describeCoverage(answer), values.json, io);
    });
  },
};
