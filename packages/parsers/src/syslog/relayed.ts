/** A device's own header behind that of a relay. */
export interface RelayedHeader {
  readonly name: string;
  /** Position of what follows it. */
  readonly end: number;
}

const HEADER =
  /(?:<\d{1,3}>)?(?:[A-Z][a-z]{2} [ \d]\d (?:\d{4} )?\d\d:\d\d:\d\d(?: \d{4})?|\d{4}-\d\d-\d\dT[\d:.]{8,15}(?:Z|[+-]\d\d:?\d\d)?) ([\w.:-]{1,64}) /y;

/**
 * The header that stands behind a relay's own: `Nov 23 19:56:30 fw1 `, with PRI or without, or with a stamp of RFC 3339. For
 * vendors whose lines nobody else writes: a text of another program may well begin with a stamp of its own.
 */
export function relayedHeader(text: string, at: number): RelayedHeader | undefined {
  const first = text.charCodeAt(at);
  // `<`, a digit, a capital.
  if (first !== 0x3c && (first < 0x30 || first > 0x39) && (first < 0x41 || first > 0x5a)) return undefined;
  HEADER.lastIndex = at;
  const m = HEADER.exec(text);
  return m ? { name: m[1] as string, end: HEADER.lastIndex } : undefined;
}
