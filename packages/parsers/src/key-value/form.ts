/** Signs between pairs, besides the blank. */
const DELIMITERS = new Set([',', ';', '|', '\t', '^']);
/** Looked at for each equals sign, so that the work stays linear. */
const MAX_NAME = 64;

/** How the pairs of a text are written. */
export interface PairForm {
  /** The sign that stands between most of the pairs. */
  readonly delimiter: string;
  readonly pairs: number;
}

/** Looks at the pairs in text[from, to): how many there are, and what stands between them. */
export function pairFormOf(text: string, from: number, to: number): PairForm {
  const counts = new Map<string, number>();
  let pairs = 0;
  for (let equals = text.indexOf('=', from); equals >= 0 && equals < to; equals = text.indexOf('=', equals + 1)) {
    const nameAt = startOfName(text, equals, from);
    if (nameAt < 0) continue;
    pairs++;
    if (nameAt === from) continue;
    const before = text[nameAt - 1] as string;
    const sign = before === ' ' && DELIMITERS.has(text[nameAt - 2] ?? '') ? (text[nameAt - 2] as string) : before;
    counts.set(sign, (counts.get(sign) ?? 0) + 1);
  }
  const [most] = [...counts].sort(([, a], [, b]) => b - a);
  return { delimiter: most === undefined ? ' ' : most[0], pairs };
}

/** Where the name before an equals sign begins, or −1 when none does: a letter first, a delimiter or blank before. */
function startOfName(text: string, equals: number, from: number): number {
  const lowest = Math.max(from, equals - MAX_NAME);
  let at = equals;
  while (at > lowest && isNameCharacter(text.charCodeAt(at - 1))) at--;
  if (at === equals || !isLetter(text.charCodeAt(at))) return -1;
  if (at === from) return at;
  const before = text[at - 1] as string;
  return before === ' ' || DELIMITERS.has(before) ? at : -1;
}

function isLetter(code: number): boolean {
  return (code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a) || code === 0x5f;
}

/** Letters, digits, `_`, `.` and `-`. */
function isNameCharacter(code: number): boolean {
  return isLetter(code) || (code >= 0x30 && code <= 0x39) || code === 0x2d || code === 0x2e;
}
