import { enableCompileCache } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { childEnvironment } from '@logmaster/core/config/environment';
import { toAppError } from '@logmaster/core/errors';
import { createLogger } from '@logmaster/telemetry/logger';
import { CAREFUL, rolesOf } from './messages.ts';
import { readSettings, type Settings } from './settings.ts';

/** 0 done, 2 wrong use, 3 can't reach what it needs, 1 anything else: the exit codes of the `logmaster` command. */
const EXIT: Readonly<Record<string, number>> = { PORT_TAKEN: 3, DATA_IN_USE: 3, CONFIG_INVALID: 2 };

function fail(thrown: unknown): never {
  const error = toAppError(thrown);
  const cause = error.code === 'INTERNAL' && error.cause instanceof Error ? `\n${error.cause.stack ?? ''}` : '';
  process.stderr.write(`${error.message}${cause}\n`);
  process.exit(EXIT[error.code] ?? 1);
}

// Each role loads what it needs: a receiving process has no use for DuckDB, Prisma and X.509, which are 60 MB of memory.
async function runMain(settings: Settings): Promise<void> {
  const { mainParts } = await import('./main-parts.ts');
  const { values } = settings;
  const logger = createLogger('ingest', values.LOGMASTER_LOG_LEVEL);
  const parts = mainParts(settings, logger, fileURLToPath(import.meta.url));
  let stopping = false;
  const stop = () => {
    if (stopping) return;
    stopping = true;
    parts.stop().then(() => process.exit(0), fail);
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  process.on('disconnect', stop);
  process.on('SIGHUP', () => parts.reload());
  process.on('SIGUSR2', () => void parts.roll().catch(fail));
  await parts.start();
  await parts.settled().catch(async (refused: unknown) => {
    await parts.stop();
    fail(refused);
  });
  const ready = { ready: true, syslogPort: values.LOGMASTER_SYSLOG_PORT, metricsPort: values.LOGMASTER_METRICS_PORT };
  process.stdout.write(`${JSON.stringify(ready)}\n`);
  process.send?.(ready);
}

/** Who started this one may have gone before it could hear of that: it would run on, and hold the locks, for ever. */
function endIfAlone(): void {
  if (process.send !== undefined && !process.connected) process.kill(process.pid, 'SIGTERM');
}

async function run(settings: Settings): Promise<void> {
  const level = settings.values.LOGMASTER_LOG_LEVEL;
  const [, , child, how] = process.argv;
  if (child === 'worker') {
    const { runWorker } = await import('./worker-role.ts');
    runWorker(settings, createLogger('collector', level));
  } else if (child !== undefined && rolesOf(child).length > 0) {
    const { runRoles } = await import('./run-roles.ts');
    await runRoles(settings, createLogger(child, level), rolesOf(child), how === CAREFUL);
    endIfAlone();
  } else await runMain(settings);
}

/** `--role collector|processor|sealer|all` says it for people; the environment says it for service managers. */
function readCommand(): Settings {
  const { values } = parseArgs({ options: { role: { type: 'string' } }, allowPositionals: true });
  return readSettings(values.role === undefined ? undefined : childEnvironment({ LOGMASTER_ROLE: values.role }));
}

/**
 * Stripped and compiled code is kept for the next start, which then takes half the time. A launcher may have named a folder
 * of its own already. Where the folder can't be written Node goes on without.
 */
function keepCompiled(settings: Settings): Settings {
  enableCompileCache(path.join(settings.layout.cache, 'node'));
  return settings;
}

try {
  await run(keepCompiled(readCommand()));
} catch (error) {
  fail(error);
}
