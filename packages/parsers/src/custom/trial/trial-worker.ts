// Runs in a thread of its own, which is ended when it takes too long: run-trial.ts.
import { parentPort, workerData } from 'node:worker_threads';
import { compileDefinition } from '../compile.ts';
import { openTrial, type TrialRecord } from './trial.ts';
import type { TrialMessage, TrialOrder } from './worker-messages.ts';

/** Results travel in pieces, so that what was done is known when the thread is ended. */
const PIECE = 10;
/** Times the first record is parsed before it is measured, and ms after which it is enough: code that is not yet compiled is slow. */
const WARM_UPS = 200;
const WARM_UP_MS = 100;

const { definition, records } = workerData as TrialOrder;
const send = (message: TrialMessage) => parentPort?.postMessage(message);

const compiled = compileDefinition(definition);
if ('faults' in compiled) send({ faults: compiled.faults });
else {
  send({ usable: true });
  const attempt = openTrial(compiled.parser);
  warmUp(attempt, records[0]);
  for (let at = 0; at < records.length; at += PIECE) send({ results: records.slice(at, at + PIECE).map(attempt) });
}

function warmUp(attempt: ReturnType<typeof openTrial>, record: TrialRecord | undefined): void {
  if (record === undefined) return;
  const began = performance.now();
  for (let times = 0; times < WARM_UPS && performance.now() - began < WARM_UP_MS; times++) attempt(record);
}
