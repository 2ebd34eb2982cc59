import type { KeyValueDefinition } from '@logmaster/core/custom-parsers/definition';
import { PARSER_LIMITS } from '@logmaster/core/custom-parsers/limits';
import type { CaptureReader } from './captures.ts';

const MAX_KEY = 64;

/**
 * Pairs with separators of any kind: `a=1 b="x y"`, `Source IP: 10.0.0.1; User: x`. One pass: each character is looked at
 * a bounded number of times. A piece without a key-value separator is passed over.
 */
export function compilePairs(definition: KeyValueDefinition): CaptureReader {
  const { pair_separator, key_value_separator, quote, begins_after } = definition;
  return (text) => {
    let at = 0;
    if (begins_after !== undefined) {
      const found = text.indexOf(begins_after);
      if (found < 0) return undefined;
      at = found + begins_after.length;
    }
    const pairs: [string, string][] = [];
    while (at < text.length && pairs.length < PARSER_LIMITS.pairs) {
      while (text.startsWith(pair_separator, at)) at += pair_separator.length;
      const middle = text.indexOf(key_value_separator, at);
      if (middle < 0) break;
      const piece = text.slice(at, middle);
      // Words before the pair, if the separator stands between them and the key.
      const before = piece.lastIndexOf(pair_separator);
      const key = piece.slice(before < 0 ? 0 : before + pair_separator.length).trim();
      const { value, end } = readValue(text, middle + key_value_separator.length, pair_separator, quote);
      if (key !== '' && key.length <= MAX_KEY) pairs.push([key, value]);
      at = end;
    }
    return pairs.length === 0 ? undefined : pairs;
  };
}

function readValue(
  text: string,
  from: number,
  separator: string,
  quote: string | null,
): { value: string; end: number } {
  let at = from;
  // Blanks behind `key:`; not where a blank ends the pair, for then the value is empty.
  while (text[at] === ' ' && !text.startsWith(separator, at)) at++;
  if (quote !== null && text[at] === quote) {
    const close = closingQuote(text, at + 1, quote);
    const raw = text.slice(at + 1, close);
    return { value: raw.includes(`\\${quote}`) ? raw.replaceAll(`\\${quote}`, quote) : raw, end: close + 1 };
  }
  const next = text.indexOf(separator, at);
  const end = next < 0 ? text.length : next;
  return { value: text.slice(at, end).trim(), end: Math.min(end + separator.length, text.length) };
}

/** The next quote without a backslash before it; the end of the text where none comes. */
function closingQuote(text: string, from: number, quote: string): number {
  let at = text.indexOf(quote, from);
  while (at > from && text[at - 1] === '\\') at = text.indexOf(quote, at + 1);
  return at < 0 ? text.length : at;
}
