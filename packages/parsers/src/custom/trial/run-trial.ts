import { Worker } from 'node:worker_threads';
import { AppError } from '@logmaster/core/errors';
import type { DefinitionFault } from '../definition-fault.ts';
import type { TrialRecord, TrialResult } from './trial.ts';
import type { TrialMessage, TrialOrder } from './worker-messages.ts';

/** Trials of custom parsers in threads of their own. */
export interface Trials {
  /** Without records the definition is checked alone. Throws RATE_LIMITED while others are under way. */
  run(definition: unknown, records: readonly TrialRecord[]): Promise<TrialOutcome>;
}

export interface TrialOptions {
  /** Absolute path of packages/parsers/src/custom/trial/trial-worker.ts: callers that are bundled can't resolve it themselves. */
  readonly workerModule: string;
  readonly timeLimitMs: number;
}

export type TrialOutcome =
  | { readonly faults: readonly DefinitionFault[] }
  /** `stopped`: it took too much time or memory; the results are those of the records before. */
  | { readonly results: readonly TrialResult[]; readonly stopped: boolean };

const MEMORY_MB = 192;
/** At the same time: searches have the rest of the machine. */
const AT_ONCE = 2;

/** A definition is somebody's program: its thread is ended after the time limit. */
export function createTrials(options: TrialOptions): Trials {
  let running = 0;
  return {
    async run(definition, records) {
      if (running >= AT_ONCE) throw new AppError('RATE_LIMITED', { detail: 'other trials are under way' });
      running++;
      try {
        return await runTrial(definition, records, options);
      } finally {
        running--;
      }
    },
  };
}

function runTrial(
  definition: unknown,
  records: readonly TrialRecord[],
  { workerModule, timeLimitMs }: TrialOptions,
): Promise<TrialOutcome> {
  const order: TrialOrder = { definition, records };
  const resourceLimits = { maxOldGenerationSizeMb: MEMORY_MB };
  const worker = new Worker(workerModule, { workerData: order, resourceLimits, execArgv: [] });
  return new Promise((resolve, reject) => {
    let faults: readonly DefinitionFault[] | undefined;
    let usable = false;
    const results: TrialResult[] = [];
    const timer = setTimeout(() => void worker.terminate(), timeLimitMs);
    worker.on('message', (message: TrialMessage) => {
      if ('faults' in message) faults = message.faults;
      else if ('usable' in message) usable = true;
      else results.push(...message.results);
    });
    worker.on('error', (error: NodeJS.ErrnoException) => {
      // Its end is told by 'exit'.
      if (error.code === 'ERR_WORKER_OUT_OF_MEMORY') return;
      clearTimeout(timer);
      reject(error);
    });
    worker.on('exit', () => {
      clearTimeout(timer);
      if (faults !== undefined) resolve({ faults });
      else if (!usable) resolve({ faults: [{ path: '', reason: 'it takes too long to compile' }] });
      else resolve({ results, stopped: results.length < records.length });
    });
  });
}
