import { RECORD_FLAGS } from '@logmaster/core/record';

/** Flag bits of a journal record, and their letters in segment lines. */
export const FLAG_CLOCK_HELD = 1;
export const FLAG_INCOMPLETE = 2;
export const FLAG_TRUNCATED = 4;

const LETTERS = Array.from({ length: 8 }, (_, bits) =>
  [
    bits & FLAG_CLOCK_HELD ? RECORD_FLAGS.clockHeld : '',
    bits & FLAG_INCOMPLETE ? RECORD_FLAGS.incomplete : '',
    bits & FLAG_TRUNCATED ? RECORD_FLAGS.truncated : '',
  ].join(''),
);

/** Letters in alphabetical order, '' for none. Bits of later versions are not shown. */
export function flagLetters(bits: number): string {
  return LETTERS[bits & 7] ?? '';
}
