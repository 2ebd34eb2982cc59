/** A value of 64 KiB with an escape at each second character still takes one pass. */
const UNESCAPE = /\\(["\\])/g;

/**
 * Reads `key=value key="quoted \"value\"" …` from `at`, one pass. Words without `=` are skipped. Calls `onPair` in
 * order; its third argument tells that a quote was never closed (a cut record), the value is then the rest.
 * @param quotes signs that can begin and end a value
 */
export function readPairs(
  text: string,
  at: number,
  onPair: (key: string, value: string, unclosed: boolean) => void,
  quotes = '"',
): void {
  const length = text.length;
  let cursor = at;
  while (cursor < length) {
    const equals = text.indexOf('=', cursor);
    if (equals < 0) return;
    let keyAt = equals;
    while (keyAt > cursor && text.charCodeAt(keyAt - 1) !== 0x20) keyAt--;
    const key = text.slice(keyAt, equals);
    const quote = text[equals + 1];
    const isQuoted = quote !== undefined && quotes.includes(quote);
    const close = isQuoted ? closingQuote(text, equals + 2, quote) : -1;
    // An apostrophe that nothing closes is one.
    if (isQuoted && (close >= 0 || quote === '"')) {
      const end = close < 0 ? length : close;
      const raw = text.slice(equals + 2, end);
      if (key !== '') onPair(key, raw.includes('\\') ? raw.replace(UNESCAPE, '$1') : raw, close < 0);
      cursor = end + 1;
    } else {
      const space = text.indexOf(' ', equals);
      const end = space < 0 ? length : space;
      if (key !== '') onPair(key, text.slice(equals + 1, end), false);
      cursor = end + 1;
    }
    while (cursor < length && isSeparator(text.charCodeAt(cursor))) cursor++;
  }
}

/** Space, comma, semicolon. */
function isSeparator(code: number): boolean {
  return code === 0x20 || code === 0x2c || code === 0x3b;
}

/** The quote that ends a value: not escaped, and followed by a separator, so that stray quotes inside do no harm. */
function closingQuote(text: string, from: number, sign: string): number {
  let quote = text.indexOf(sign, from);
  while (quote >= 0) {
    const next = quote + 1;
    if ((next === text.length || isSeparator(text.charCodeAt(next))) && !isEscaped(text, quote, from)) return quote;
    quote = text.indexOf(sign, next);
  }
  return -1;
}

function isEscaped(text: string, quote: number, from: number): boolean {
  let backslashes = 0;
  for (let at = quote - 1; at >= from && text.charCodeAt(at) === 0x5c; at--) backslashes++;
  return backslashes % 2 === 1;
}
