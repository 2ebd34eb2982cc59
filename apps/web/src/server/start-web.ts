import { toAppError } from '@logmaster/core/errors';
import { notePeers } from './auth/note-peers.ts';
import { type Composition, composeWeb } from './compose.ts';
import { setDependencies } from './running.ts';

/** What only a person can mend. A server that is away is waited for. */
const REFUSED: ReadonlySet<string> = new Set(['CONFIG_INVALID', 'SERVICE_UNSUITABLE']);

async function runChecks({ dependencies: { logger }, startChecks }: Composition): Promise<void> {
  const results = await Promise.allSettled(startChecks.map((check) => check()));
  const failures = results.flatMap((result) => (result.status === 'rejected' ? [toAppError(result.reason)] : []));
  const refusals = failures.filter(({ code }) => REFUSED.has(code));
  for (const { code, message } of failures) {
    if (!REFUSED.has(code)) logger.warn({ code }, message);
  }
  // All at once: who mends one variable should not have to start again to hear of the next.
  if (refusals.length > 0) throw new Error(refusals.map(({ message }) => message).join('\n'));
}

/** Composes the server, asks the servers it was given whether they can be used, and only then lets requests in. */
export async function startWeb(): Promise<void> {
  try {
    notePeers();
    const composition = await composeWeb();
    await runChecks(composition);
    setDependencies(composition.dependencies);
    for (const part of composition.background) await part.start();
  } catch (error) {
    // A supervisor goes by the exit code, and a person by the last line.
    process.stderr.write(`LogMaster web can not start: ${error instanceof Error ? error.message : error}\n`);
    process.exit(1);
  }
}
