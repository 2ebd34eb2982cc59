import { PARSER_LIMITS } from '@logmaster/core/custom-parsers/limits';
import { type EcsEvent, toEcs } from '@logmaster/core/event/event';
import type { ParseContext } from '../../contracts.ts';
import { createRecordParser } from '../../record-parser.ts';
import type { CompiledParser } from '../compile.ts';
import { type CustomAttempt, CustomParsers } from '../custom-parsers.ts';

/** A record to try a definition on, as it would reach a parser. */
export interface TrialRecord extends ParseContext {
  readonly raw: Uint8Array;
}

export interface TrialResult {
  readonly matched: boolean;
  /** What the definition took, in order. */
  readonly captures: readonly { readonly name: string; readonly value: string }[];
  /** As it would be indexed. */
  readonly event: EcsEvent;
  /** `field: reason` */
  readonly errors: readonly string[];
  readonly microseconds: number;
  /** It took more than a record may. */
  readonly slow: boolean;
}

const ERRORS = 'logmaster.parse.errors';

/** A function that tries a definition on one record after the other, whatever devices and sites it is for. */
export function openTrial(parser: CompiledParser): (record: TrialRecord) => TrialResult {
  let attempts: CustomAttempt[] = [];
  const custom = new CustomParsers({ onAttempt: (made) => attempts.push(made) });
  custom.useOnly(parser.definition.name, parser);
  const records = createRecordParser(custom);
  return ({ raw, ...context }) => {
    attempts = [];
    const event = records.parse(raw, context);
    const { captures, ms = 0 } = attempts[0] ?? {};
    return {
      matched: captures !== undefined,
      captures: (captures ?? []).map(([name, value]) => ({ name, value })),
      event: toEcs(event),
      errors: event[ERRORS]?.split('; ') ?? [],
      microseconds: Math.round(ms * 1000),
      slow: ms > PARSER_LIMITS.recordBudgetMs,
    };
  };
}
