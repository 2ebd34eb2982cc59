import type { ParserDefinition } from '@logmaster/core/custom-parsers/definition';
import type { VendorInput } from '../vendor.ts';
import { type DefinitionFault, PatternFault } from './definition-fault.ts';
import { expandPattern } from './grok/expand.ts';
import { compileLinear } from './linear-regex.ts';

/** How far a rule looks. */
const HEAD = 1024;

export type Recognition = (input: VendorInput) => boolean;

/** All of a rule must hold; a definition without one takes every record of its devices and sites. */
export function compileRule({ applies_to: { rule } }: ParserDefinition, faults: DefinitionFault[]): Recognition {
  const tests: Recognition[] = [];
  const { contains, appname, regex } = rule ?? {};
  if (appname !== undefined) tests.push(({ header }) => header.appname === appname);
  if (contains !== undefined) tests.push(({ text }) => text.slice(0, HEAD).includes(contains));
  if (regex !== undefined) {
    try {
      const compiled = compileLinear(expandPattern(regex, new Map()).source);
      tests.push(({ text }) => compiled.test(text.slice(0, HEAD)));
    } catch (error) {
      if (!(error instanceof PatternFault)) throw error;
      faults.push({ path: 'applies_to.rule.regex', reason: error.message });
    }
  }
  return (input) => tests.every((holds) => holds(input));
}
