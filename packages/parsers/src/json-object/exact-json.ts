/** Sixteen digits that begin with a nine, or more: only such numbers can be greater than 2^53 − 1. */
const LONG_NUMBER = /[:[,]\s{0,8}-?(?:\d{17}|9\d{15})/;
const WHOLE = /^-?\d{1,64}$/;

/**
 * JSON.parse, but whole numbers that would lose digits are their text: `{"id":1234567890123456789}` has the id
 * `'1234567890123456789'`. Throws SyntaxError.
 */
export function parseExact(text: string): unknown {
  return LONG_NUMBER.test(text) ? JSON.parse(text, keepDigits) : JSON.parse(text);
}

/** The third argument is ECMAScript's "JSON.parse source text access". */
function keepDigits(_key: string, value: unknown, context?: { source?: string }): unknown {
  if (typeof value !== 'number' || Number.isSafeInteger(value)) return value;
  const source = context?.source;
  return source !== undefined && WHOLE.test(source) && source !== String(value) ? source : value;
}
