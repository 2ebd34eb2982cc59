import type { FlatEvent } from '@logmaster/core/event/event';
import { messageStart } from '../message-tail.ts';

const SURROGATE = /[\ud800-\udfff]/;

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
