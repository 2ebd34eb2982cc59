import { createHash } from 'node:crypto';

/** Begins a stand-in. Neither a token nor a folded value that is short enough can be one: see `standIn`. */
const MARK = '#';
const NIBBLES = 'ABCDEFGHIJKLMNOP';

/**
 * What is indexed in place of a text that is too long for a term: `#` and its SHA-256 in the letters A to P. Equality
 * stays exact. Folded text has no upper-case ASCII letter, so that no pattern with a letter or digit in it, and no
 * shorter text, is mistaken for it.
 */
export function standIn(text: string): string {
  const hex = createHash('sha256').update(text.toWellFormed()).digest('hex');
  return MARK + hex.replace(/./g, (digit) => NIBBLES[Number.parseInt(digit, 16)] as string);
}
