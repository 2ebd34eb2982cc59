const QUOTE = 0x22;

/**
 * Splits comma separated values (RFC 4180) from `at` to the end of the text, in one pass. A quoted value may hold commas
 * and doubled quotes; text after its closing quote is kept. What stands behind the last of `maxFields` commas is left
 * out. A quote that is never closed takes the rest.
 */
export function splitCsv(text: string, at: number, maxFields: number): string[] {
  const fields: string[] = [];
  let cursor = at;
  while (fields.length < maxFields) {
    if (text.charCodeAt(cursor) === QUOTE) {
      const [value, end] = readQuoted(text, cursor);
      fields.push(value);
      if (end >= text.length) return fields;
      cursor = end + 1;
      continue;
    }
    const comma = text.indexOf(',', cursor);
    if (comma < 0) {
      fields.push(text.slice(cursor));
      return fields;
    }
    fields.push(text.slice(cursor, comma));
    cursor = comma + 1;
  }
  return fields;
}

/** The value that begins with a quote at `at`, and the position of the comma behind it (or the text's length). */
function readQuoted(text: string, at: number): [value: string, end: number] {
  let close = text.indexOf('"', at + 1);
  while (close >= 0 && text.charCodeAt(close + 1) === QUOTE) close = text.indexOf('"', close + 2);
  const inner = close < 0 ? text.slice(at + 1) : text.slice(at + 1, close);
  const value = inner.includes('""') ? inner.replaceAll('""', '"') : inner;
  if (close < 0) return [value, text.length];
  const comma = text.indexOf(',', close + 1);
  const end = comma < 0 ? text.length : comma;
  return [end === close + 1 ? value : value + text.slice(close + 1, end), end];
}
