import { readFile } from 'node:fs/promises';
import { type CompiledParser, compileDefinition } from '@logmaster/parsers/custom/compile';
import { invalidParser } from '@logmaster/parsers/custom/trial/trial-answer';
import { UsageError } from '../exit.ts';

export interface DefinitionFile {
  readonly definition: Readonly<Record<string, unknown>>;
  readonly parser: CompiledParser;
}

/** The definition of a custom parser in a JSON file. Throws PARSER_INVALID with all its faults. */
export async function readDefinition(file: string): Promise<DefinitionFile> {
  const definition = parse(await readFile(file, 'utf8'), file);
  const compiled = compileDefinition(definition);
  if ('faults' in compiled) throw invalidParser(compiled.faults);
  // What was compiled is an object.
  return { definition: definition as Record<string, unknown>, parser: compiled.parser };
}

function parse(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new UsageError(`${file} is no JSON: ${(error as Error).message}`);
  }
}
