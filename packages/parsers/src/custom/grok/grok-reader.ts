import type { GrokDefinition } from '@logmaster/core/custom-parsers/definition';
import type { CaptureReader, Captures } from '../captures.ts';
import { type DefinitionFault, PatternFault } from '../definition-fault.ts';
import { compileLinear, type LinearRegex } from '../linear-regex.ts';
import { expandPattern } from './expand.ts';

interface GrokPattern {
  readonly regex: LinearRegex;
  readonly names: readonly string[];
}

/** The patterns in order; the first that is found in the text is used. */
export function compileGrok(definition: GrokDefinition, faults: DefinitionFault[]): CaptureReader[] {
  const own = new Map(Object.entries(definition.pattern_definitions));
  // One that no pattern refers to is checked, too.
  for (const [name, text] of own) compile(text, own, `pattern_definitions.${name}`, faults);
  return definition.patterns.flatMap((text, index) => {
    const pattern = compile(text, own, `patterns.${index}`, faults);
    return pattern === undefined ? [] : [(record: string) => read(pattern, record)];
  });
}

function compile(
  text: string,
  own: ReadonlyMap<string, string>,
  path: string,
  faults: DefinitionFault[],
): GrokPattern | undefined {
  try {
    const { source, names } = expandPattern(text, own);
    return { regex: compileLinear(source), names };
  } catch (error) {
    if (!(error instanceof PatternFault)) throw error;
    faults.push({ path, reason: error.message });
    return undefined;
  }
}

function read({ regex, names }: GrokPattern, text: string): Captures | undefined {
  const groups = regex.exec(text);
  if (groups === undefined) return undefined;
  const captures: [string, string][] = [];
  for (const [index, name] of names.entries()) {
    const value = groups[index + 1];
    if (value !== undefined) captures.push([name, value]);
  }
  return captures;
}
