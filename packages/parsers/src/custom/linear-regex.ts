import { RE2JS, RE2JSException } from 're2js';
import { PatternFault } from './definition-fault.ts';

/** A pattern whose time grows with the text's length and never faster: RE2's syntax and meaning (decision 101). */
export interface LinearRegex {
  /** The leftmost match: its whole text, then its groups; undefined for none. */
  exec(text: string): readonly (string | undefined)[] | undefined;
  test(text: string): boolean;
}

/**
 * @param source with numbered groups; `.` is any character, a line end too: a record is one text
 * Throws PatternFault for what is no pattern.
 */
export function compileLinear(source: string): LinearRegex {
  const regex = compile(source);
  const groups = regex.groupCount();
  return {
    exec(text) {
      // Whether it matches is found several times faster than where its groups are.
      if (!regex.test(text)) return undefined;
      const matcher = regex.matcher(text);
      if (!matcher.find()) return undefined;
      const found: (string | undefined)[] = [];
      for (let group = 0; group <= groups; group++) found.push(matcher.group(group) ?? undefined);
      return found;
    },
    test: (text) => regex.test(text),
  };
}

function compile(source: string): RE2JS {
  try {
    return RE2JS.compile(source, RE2JS.DOTALL);
  } catch (error) {
    if (error instanceof RE2JSException) throw new PatternFault(error.message);
    throw error;
  }
}
