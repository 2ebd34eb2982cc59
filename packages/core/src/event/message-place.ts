import type { FlatEvent } from './event.ts';

const WORD_CHARACTER = /[\p{L}\p{N}\p{M}]/u;
const SURROGATE = /[\ud800-\udfff]/;

/** Number of code points of a text. */
function codePoints(text: string): number {
  let count = text.length;
  if (!SURROGATE.test(text)) return count;
  count = 0;
  for (const _ of text) count++;
  return count;
}

/**
 * Where the message begins in the raw text, in code points, if it is the end of it and no word is cut there (so that a
 * search of the raw text finds the message's words too); undefined otherwise.
 */
export function messageOffset(event: FlatEvent): number | undefined {
  const { message, 'event.original': original } = event;
  if (message === undefined || original === undefined || !original.endsWith(message)) return undefined;
  if (original.length === message.length) return 0;
  const last = original[original.length - message.length - 1] as string;
  // half a character can't be cut off: a low surrogate at the start of the message belongs to the head's last character
  if (WORD_CHARACTER.test(last) || SURROGATE.test(last)) return undefined;
  return codePoints(original.slice(0, original.length - message.length));
}

/** Inverse of `messageOffset`. */
export function messageAt(original: string, offset: number): string {
  let at = 0;
  for (let left = offset; left > 0; left--) at += (original.codePointAt(at) as number) > 0xffff ? 2 : 1;
  return original.slice(at);
}
