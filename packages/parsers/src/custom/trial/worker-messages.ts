import type { DefinitionFault } from '../definition-fault.ts';
import type { TrialRecord, TrialResult } from './trial.ts';

export interface TrialOrder {
  readonly definition: unknown;
  readonly records: readonly TrialRecord[];
}

/** From the worker: that the definition can't be used, or that it can, then results in the order of the records. */
export type TrialMessage =
  | { readonly faults: readonly DefinitionFault[] }
  | { readonly usable: true }
  | { readonly results: readonly TrialResult[] };
