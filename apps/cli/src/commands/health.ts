import { type Health, healthSchema } from '@logmaster/core/api/health';
import { readEnvironment } from '@logmaster/core/config/environment';
import { webEnvironment } from '@logmaster/core/config/fragments';
import { AppError } from '@logmaster/core/errors';
import { type Command, parseOptions, printJson, printLine } from '../command.ts';
import { EXIT } from '../exit.ts';
import { layoutFor, readInstallation } from '../installation.ts';
import { printable } from '../printable.ts';

const HELP = `
State of each part of the LogMaster that runs on the data folder, or that the environment names (NEXTAUTH_URL and
LOGMASTER_INGEST_URL).

  --json        machine output
  --data DIR    data folder (default ./data)

Exit code 0 when all is ok, 1 when a part is degraded or down, 3 when nothing answers.
`;

const OPTIONS = { json: { type: 'boolean', default: false }, data: { type: 'string' } } as const;
const TIMEOUT_MS = 10_000;

const webAddresses = webEnvironment
  .pick({ NEXTAUTH_URL: true, LOGMASTER_INGEST_URL: true })
  .partial({ NEXTAUTH_URL: true });

async function fetchHealth(url: string): Promise<Health> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS) });
    return healthSchema.parse(await response.json());
  } catch (cause) {
    throw new AppError('INGEST_UNAVAILABLE', { detail: `${url} gives no state`, cause });
  }
}

/** The web answers for the whole; when it is away, ingest answers for itself and the web is named as down. */
async function overall(webUrl: string, ingestUrl: string): Promise<Health> {
  try {
    return await fetchHealth(`${webUrl}/api/v1/health`);
  } catch (cause) {
    const { parts } = await fetchHealth(`${ingestUrl}/health`);
    const reason = cause instanceof Error ? cause.message : 'no answer';
    return { state: 'down', parts: [...parts, { name: 'web', state: 'down', reason }] };
  }
}

/** Of the installation that runs on the data folder, else those that the environment names. */
async function addresses(data: string | undefined): Promise<{ webUrl: string; ingestUrl: string }> {
  const layout = layoutFor(data);
  const installation = await readInstallation(layout);
  if (installation) return installation;
  const { NEXTAUTH_URL, LOGMASTER_INGEST_URL } = readEnvironment(webAddresses);
  if (NEXTAUTH_URL) return { webUrl: NEXTAUTH_URL.replace(/\/$/, ''), ingestUrl: LOGMASTER_INGEST_URL };
  throw new AppError('INGEST_UNAVAILABLE', {
    detail: `no LogMaster is running on ${layout.root}, and NEXTAUTH_URL names none`,
  });
}

export const health: Command = {
  usage: ['health [--json] [--data DIR]'],
  help: HELP,
  async run(args, io) {
    const { values } = parseOptions({ args, options: OPTIONS, strict: true, allowPositionals: false });
    const { webUrl, ingestUrl } = await addresses(values.data);
    const state = await overall(webUrl, ingestUrl);
    if (values.json) printJson(io.out, state);
    else {
      for (const part of state.parts) {
        const lag = part.lag_seconds === undefined ? '' : `  ${part.lag_seconds.toFixed(1)} s behind`;
        printLine(
          io.out,
          printable(`${part.state.padEnd(9)} ${part.name}${lag}${part.reason ? `  ${part.reason}` : ''}`),
        );
      }
      printLine(io.out, `LogMaster is ${state.state}`);
    }
    return state.state === 'ok' ? EXIT.done : EXIT.doesNotHold;
  },
};
