// Runs in a thread of its own, which is ended when it takes too long: run-trial.ts.
import { parentPort, workerData } from 'node:worker_threads';
import { compileDefinition } from '../compile.ts';
import { openTrial } from './trial.ts';
import type { TrialMessage, TrialOrder } from './worker-messages.ts';

/** Results travel in pieces, so that what was done is known when the thread is ended. */
const PIECE = 10;

const { definition, records } = workerData as TrialOrder;
const send = (message: TrialMessage) => parentPort?.postMessage(message);

const compiled = compileDefinition(definition);
if ('faults' in compiled) send({ faults: compiled.faults });
else {
  send({ usable: true });
  const attempt = openTrial(compiled.parser);
  for (let at = 0; at < records.length; at += PIECE) send({ results: records.slice(at, at + PIECE).map(attempt) });
}
