import { stat } from 'node:fs/promises';
import { verifyPath } from '@logmaster/signing/verify/verify';
import { type Command, parseOptions, printJson, printLine } from '../command.ts';
import { EXIT, UsageError } from '../exit.ts';
import { choosePins } from '../pins.ts';
import { printable } from '../printable.ts';
import { reportLines } from '../verify-report.ts';

const HELP = `
Verifies evidence offline: a whole archive, a site, a day, or one sealed folder. Needs nothing but the files.

  --json              the report as JSON on stdout
  --tsa-ca FILE       trust anchor of the time-stamps (PEM)
  --signer X          SHA-256 fingerprint or certificate file (PEM) of the signer to insist on
  --data DIR          data folder whose certificates are the pins; by default the one PATH lies in

Exit code 0 when all of it holds, 1 when something does not, 3 when PATH cannot be read.
`;

const OPTIONS = {
  json: { type: 'boolean', default: false },
  'tsa-ca': { type: 'string' },
  signer: { type: 'string' },
  data: { type: 'string' },
} as const;

/** Progress is told at most this often, ms. */
const PROGRESS_MS = 1_000;

export const verify: Command = {
  usage: ['verify PATH [--json] [--tsa-ca FILE] [--signer FINGERPRINT|FILE] [--data DIR]'],
  help: HELP,
  async run(args, io) {
    const { values, positionals } = parseOptions({ args, options: OPTIONS, strict: true, allowPositionals: true });
    const [target] = positionals;
    if (target === undefined || positionals.length > 1) throw new UsageError('verify needs one PATH');
    await stat(target);
    const pins = await choosePins(target, { tsaCa: values['tsa-ca'], signer: values.signer, data: values.data });
    for (const origin of pins.origin) printLine(io.err, printable(`pinned ${origin}`));
    let told = Date.now();
    const report = await verifyPath(target, {
      tsaAnchors: pins.tsaAnchors,
      pinnedSigners: pins.pinnedSigners,
      onProgress({ folder, records }) {
        if (Date.now() - told < PROGRESS_MS) return;
        told = Date.now();
        printLine(io.err, printable(`  ${records.toLocaleString('en-US')} records, at ${folder}`));
      },
    });
    if (values.json) printJson(io.out, report);
    else for (const line of reportLines(target, report)) printLine(io.out, line);
    return report.holds ? EXIT.done : EXIT.doesNotHold;
  },
};
