import { type ParserDefinition, parserDefinitionSchema } from '@logmaster/core/custom-parsers/definition';
import { PARSER_LIMITS } from '@logmaster/core/custom-parsers/limits';
import { createZoneClock, type ZoneClock } from '../time/zone.ts';
import type { VendorInput } from '../vendor.ts';
import type { CaptureReader, Captures } from './captures.ts';
import type { DefinitionFault } from './definition-fault.ts';
import { compileWriter, type EventWriter } from './event-writer.ts';
import { compileGrok } from './grok/grok-reader.ts';
import { compilePairs } from './pair-reader.ts';
import { compileRule, type Recognition } from './recognition.ts';

/** What was taken out of a record, and where the text began that was read. */
export interface Taken {
  readonly captures: Captures;
  readonly from: number;
}

/** A definition that can be used on records. One per thread. */
export interface CompiledParser {
  readonly definition: ParserDefinition;
  readonly recognises: Recognition;
  /** What is taken out of a record; undefined when it is not what the definition describes. */
  take(input: VendorInput, overBudget: () => boolean): Taken | undefined;
  readonly write: EventWriter;
}

export type Compilation =
  | { readonly parser: CompiledParser }
  | { readonly faults: readonly [DefinitionFault, ...DefinitionFault[]] };

/** Checks and compiles a JSON value. Never throws; takes a few milliseconds and bounded memory whatever it is given. */
export function compileDefinition(given: unknown, zones: ZoneClock = createZoneClock()): Compilation {
  const size = Buffer.byteLength(JSON.stringify(given) ?? '');
  if (size > PARSER_LIMITS.definitionBytes)
    return { faults: [{ path: '', reason: `larger than ${PARSER_LIMITS.definitionBytes} bytes` }] };
  const checked = parserDefinitionSchema.safeParse(given);
  if (!checked.success) {
    const faults = checked.error.issues.map(({ path, message }) => ({ path: path.join('.'), reason: message }));
    return { faults: faults as [DefinitionFault, ...DefinitionFault[]] };
  }
  const definition = checked.data;
  const faults: DefinitionFault[] = [];
  const readers = definition.kind === 'grok' ? compileGrok(definition, faults) : [compilePairs(definition)];
  const recognises = compileRule(definition, faults);
  const write = compileWriter(definition, zones, faults);
  const [first, ...others] = faults;
  if (first) return { faults: [first, ...others] };
  const take: CompiledParser['take'] = (input, overBudget) => {
    for (const from of beginnings(input, definition)) {
      const text = input.text.slice(from, from + PARSER_LIMITS.textLength);
      const captures = firstThatReads(readers, text, overBudget);
      if (captures !== undefined) return { captures, from };
    }
    return undefined;
  };
  return { parser: { definition, recognises, take, write } };
}

function beginnings(input: VendorInput, { reads }: ParserDefinition): number[] {
  const { messageAt } = input;
  if (reads === 'message') return [messageAt];
  const body = bodyAt(input);
  return reads === 'record' || body === messageAt ? [body] : [messageAt, body];
}

/** Behind `<PRI>`. */
function bodyAt({ text, header }: VendorInput): number {
  return header.priority === undefined ? 0 : text.indexOf('>') + 1;
}

function firstThatReads(
  readers: readonly CaptureReader[],
  text: string,
  overBudget: () => boolean,
): Captures | undefined {
  for (const read of readers) {
    const captures = read(text);
    if (captures !== undefined) return captures;
    if (overBudget()) return undefined;
  }
  return undefined;
}
