const QUOTE = 0x22;

/**
 * Reads `key=value` pairs between which stands a delimiter (`,`, `;`, `|`, tab), in one pass. A value in quotes may
 * hold the delimiter, and `\"` for a quote; one without goes up to the next delimiter, spaces and all. Words without `=`
 * are skipped. The third argument of `onPair` tells that a quote was never closed: the value is then the rest.
 * @param assign the sign between key and value
 */
export function readDelimited(
  text: string,
  at: number,
  delimiter: string,
  onPair: (key: string, value: string, unclosed: boolean) => void,
  assign = '=',
): void {
  let cursor = at;
  while (cursor < text.length) {
    const next = text.indexOf(delimiter, cursor);
    const end = next < 0 ? text.length : next;
    const sign = indexWithin(text, assign, cursor, end);
    if (sign < 0) {
      cursor = end + delimiter.length;
      continue;
    }
    const key = text.slice(cursor, sign).trim();
    let valueAt = sign + assign.length;
    while (text.charCodeAt(valueAt) === 0x20) valueAt++;
    // Check Point's `sys_message::"…"`.
    if (text.startsWith(`${assign}"`, valueAt)) valueAt += assign.length;
    if (text.charCodeAt(valueAt) !== QUOTE) {
      if (key !== '') onPair(key, text.slice(Math.min(valueAt, end), end).trim(), false);
      cursor = end + delimiter.length;
      continue;
    }
    const close = closingQuote(text, valueAt + 1, delimiter);
    const raw = text.slice(valueAt + 1, close < 0 ? text.length : close);
    if (key !== '') onPair(key, raw.includes('\\') ? raw.replace(/\\(["\\\]])/g, '$1') : raw, close < 0);
    const after = close < 0 ? -1 : text.indexOf(delimiter, close);
    cursor = after < 0 ? text.length : after + delimiter.length;
  }
}

function indexWithin(text: string, sign: string, from: number, to: number): number {
  for (let at = from; at < to; at++) if (text.startsWith(sign, at)) return at;
  return -1;
}

/** The quote that ends a value: not escaped, and followed by the delimiter (after blanks), `]` or the end. */
function closingQuote(text: string, from: number, delimiter: string): number {
  for (let at = from; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x5c) at++;
    else if (code === QUOTE) {
      let behind = at + 1;
      while (text.charCodeAt(behind) === 0x20) behind++;
      const next = text[behind];
      if (next === undefined || next === ']') return at;
      if (text.startsWith(delimiter, behind) || text.startsWith(delimiter, at + 1)) return at;
    }
  }
  return -1;
}
