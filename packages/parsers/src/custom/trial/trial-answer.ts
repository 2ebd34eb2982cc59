import type { ParserTrial } from '@logmaster/core/api/parsers';
import { AppError } from '@logmaster/core/errors';
import type { DefinitionFault } from '../definition-fault.ts';
import type { TrialOutcome } from './run-trial.ts';

/** PARSER_INVALID with each place and what is wrong there. */
export function invalidParser(faults: readonly DefinitionFault[]): AppError {
  const detail = faults.map(({ path, reason }) => (path === '' ? reason : `${path}: ${reason}`)).join('; ');
  return new AppError('PARSER_INVALID', { detail, data: { faults } });
}

/** What a trial found, for people and programs. Throws PARSER_INVALID. */
export function trialAnswer(outcome: TrialOutcome): ParserTrial {
  if ('faults' in outcome) throw invalidParser(outcome.faults);
  const { results, stopped } = outcome;
  const matched = results.filter((result) => result.matched).length;
  return {
    totals: {
      records: results.length,
      matched,
      unmatched: results.length - matched,
      slow: results.filter((result) => result.slow).length,
    },
    stopped,
    results: results.map((result) => ({ ...result, captures: [...result.captures], errors: [...result.errors] })),
  };
}
