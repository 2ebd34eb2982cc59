import { fileURLToPath } from 'node:url';
import { toAppError } from '@logmaster/core/errors';
import { createLogger } from '@logmaster/telemetry/logger';
import { mainParts } from './collector-role.ts';
import { runProcessor } from './processor-role.ts';
import { readSettings, type Settings } from './settings.ts';

/** 0 done, 2 wrong use, 3 can't reach what it needs, 1 anything else: the exit codes of the `logmaster` command. */
const EXIT: Readonly<Record<string, number>> = { PORT_TAKEN: 3, DATA_IN_USE: 3, CONFIG_INVALID: 2 };

function fail(thrown: unknown): never {
  const error = toAppError(thrown);
  const cause = error.code === 'INTERNAL' && error.cause instanceof Error ? `\n${error.cause.stack ?? ''}` : '';
  process.stderr.write(`${error.message}${cause}\n`);
  process.exit(EXIT[error.code] ?? 1);
}

async function runMain(settings: Settings): Promise<void> {
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
  await parts.start();
  await parts.settled();
  const ready = { ready: true, syslogPort: values.LOGMASTER_SYSLOG_PORT, metricsPort: values.LOGMASTER_METRICS_PORT };
  process.stdout.write(`${JSON.stringify(ready)}\n`);
  process.send?.(ready);
}

try {
  const settings = readSettings();
  if (settings.values.LOGMASTER_ROLE === 'processor') {
    await runProcessor(settings, createLogger('processor', settings.values.LOGMASTER_LOG_LEVEL));
  } else {
    await runMain(settings);
  }
} catch (error) {
  fail(error);
}
