const WORD_CHARACTER = /[\p{L}\p{N}\p{M}]/u;
const SURROGATE = /[\ud800-\udfff]/;

/**
 * Where the message begins in the raw text, UTF-16 units, if it is the end of it and no word is cut there: every word
 * of the message is then a word of the raw text. Undefined otherwise.
 */
export function messageStart(message: string | undefined, original: string | undefined): number | undefined {
  if (message === undefined || original === undefined || !original.endsWith(message)) return undefined;
  const start = original.length - message.length;
  if (start === 0) return 0;
  const last = original[start - 1] as string;
  // half a character can't be cut off: a low surrogate at the start of the message belongs to the head's last character
  return WORD_CHARACTER.test(last) || SURROGATE.test(last) ? undefined : start;
}
