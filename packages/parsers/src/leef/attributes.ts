import { type Pairs, readExtension } from '../cef/extension.ts';
import { readDelimited } from '../key-value/delimited.ts';

const MAX_PAIRS = 512;
/** How far a sender's unnamed delimiter is looked for. */
const HEAD = 1024;
/** What rsyslog makes of a tab (`parser.escapeControlCharactersOnReceive`). */
const ESCAPED_TAB = /#011[\w.-]{1,64}=/;

/**
 * Attributes of a LEEF record by LEEF's names, in their order. Without a named delimiter it is the tab (LEEF 1.0 and
 * 2.0 §"Header"); senders that use `|` or spaces without saying so, and relays that
 * write `#011` for a tab, are read, too.
 */
export function readAttributes(text: string, at: number, delimiter: string | undefined): Pairs {
  const sign = delimiter !== undefined && text.indexOf(delimiter, at) >= 0 ? delimiter : guessDelimiter(text, at);
  if (sign === ' ') return readExtension(text, at);
  const pairs = new Map<string, string>();
  readDelimited(text, at, sign, (key, value) => {
    if (!pairs.has(key) && pairs.size < MAX_PAIRS) pairs.set(key, value);
  });
  return pairs;
}

/** Tab, `|` or `^` where a `key=` follows it; else the blank. */
function guessDelimiter(text: string, at: number): string {
  const head = text.slice(at, at + HEAD);
  if (head.includes('\t')) return '\t';
  if (ESCAPED_TAB.test(head)) return '#011';
  if (/\|[\w.-]{1,64}=/.test(head)) return '|';
  return /\^[\w.-]{1,64}=/.test(head) ? '^' : ' ';
}
