import type { FlatEvent } from './event.ts';

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

/** Number of code points of a text. */
function codePoints(text: string): number {
  let count = text.length;
  if (!SURROGATE.test(text)) return count;
  count = 0;
  for (const _ of text) count++;
  return count;
}

/** Where the message begins in the raw text, in code points, if it is the end of it (`messageStart`). */
export function messageOffset({ message, 'event.original': original }: FlatEvent): number | undefined {
  const start = messageStart(message, original);
  return start === undefined ? undefined : codePoints((original as string).slice(0, start));
}

/** Inverse of `messageOffset`. */
export function messageAt(original: string, offset: number): string {
  let at = 0;
  for (let left = offset; left > 0; left--) at += (original.codePointAt(at) as number) > 0xffff ? 2 : 1;
  return original.slice(at);
}
