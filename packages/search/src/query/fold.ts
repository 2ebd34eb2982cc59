/**
 * How letters are compared: case is ignored, and the four Turkish i's (I, İ, ı, i) are one letter, so that neither an
 * English nor a Turkish upper-case rule makes a word unfindable. Each code point folds by its simple lower-case mapping;
 * a dot above that follows an i (which is what `toLowerCase` makes of İ) goes away. Nothing else is touched: ş and s
 * stay different letters.
 */
const I_WITH_DOTS = /[Iİıi]\u0307*/gu;
const HAS_UPPER_OR_I = /[^\0-\x40\x5b-\x68\x6a-\x7f]/;
const NOT_ASCII = /[^\0-\x7f]/;

export function fold(text: string): string {
  if (!HAS_UPPER_OR_I.test(text)) return text;
  // most log text: a call of the engine instead of one a letter
  if (!NOT_ASCII.test(text)) return text.toLowerCase();
  let folded = '';
  for (const char of text.replace(I_WITH_DOTS, 'i')) {
    const lower = char.toLowerCase();
    // İ is gone already; no other code point has a longer lower-case form
    folded += lower;
  }
  return folded;
}

/** Highest code point with case (Adlam, U+1E943). */
const LAST_CASED = 0x1_e943;
let foldedFrom: Map<string, string> | undefined;

/** Folded character → all characters that fold to it, where there are several. Made once, in about 10 ms. */
function preimages(): Map<string, string> {
  if (foldedFrom) return foldedFrom;
  foldedFrom = new Map();
  for (let code = 0; code <= LAST_CASED; code++) {
    const char = String.fromCodePoint(code);
    const lower = char.toLowerCase();
    if (lower !== char && [...lower].length === 1) foldedFrom.set(lower, (foldedFrom.get(lower) ?? lower) + char);
  }
  foldedFrom.set('i', 'iıIİ');
  return foldedFrom;
}

/** Whether several texts fold to this one, so that an equality test would not do. */
export function hasVariants(folded: string): boolean {
  for (const char of folded) if (preimages().has(char)) return true;
  return false;
}

/**
 * Regular expression source that matches exactly the texts whose fold contains this one at that place. The same source
 * means the same in RE2 (DuckDB) and in JavaScript with the `u` flag.
 */
export function foldSource(folded: string): string {
  let source = '';
  for (const char of folded) {
    const variants = preimages().get(char);
    if (variants) source += char === 'i' ? `[${variants}]\u0307*` : `[${variants}]`;
    else source += char === '\0' ? '\\x00' : char.replace(/[\^$\\.*+?()[\]{}|/]/, '\\$&');
  }
  return source;
}
