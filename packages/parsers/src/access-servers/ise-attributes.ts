/** A name ends in `=`; names of ISE have blanks. */
const NAME = /([A-Za-z][\w ./-]{0,63})=/y;
/** Between two attributes; where one was empty, there are more. */
const SEPARATOR = /(?:, {0,2}){1,4}/y;
const MAX_ATTRIBUTES = 160;

/**
 * `a=1, b=2\, 3, Response={c=4; }, `: a comma that no blank and name follow is of its value. Of a name that comes again the
 * first value counts; steps are joined, and pairs of Cisco's and of TACACS+ have names of their own.
 */
export function readIseAttributes(text: string, at: number): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  let cursor = at;
  for (let count = 0; count < MAX_ATTRIBUTES; count++) {
    NAME.lastIndex = cursor;
    const m = NAME.exec(text);
    if (!m) break;
    const from = NAME.lastIndex;
    const { end, next } = endOfValue(text, from);
    add(
      found,
      m[1] as string,
      text
        .slice(from, end)
        .replace(/\\([,;\\])/g, '$1')
        .trim(),
    );
    cursor = next;
  }
  return found;
}

function endOfValue(text: string, at: number): { end: number; next: number } {
  for (let comma = text.indexOf(',', at); comma >= 0; comma = text.indexOf(',', comma + 1)) {
    if (text[comma - 1] === '\\') continue;
    SEPARATOR.lastIndex = comma;
    SEPARATOR.test(text);
    const next = SEPARATOR.lastIndex;
    NAME.lastIndex = next;
    if (next >= text.length || (text[comma + 1] === ' ' && NAME.test(text))) return { end: comma, next };
  }
  return { end: text.length, next: text.length };
}

function add(found: Map<string, string>, name: string, value: string): void {
  if (value === '') return;
  const pair = name.endsWith('-av-pair') || name === 'AVPair' ? /^([\w-]{1,64})=(.{1,512})$/.exec(value) : null;
  const before = found.get(name);
  if (pair) add(found, pair[1] as string, pair[2] as string);
  else if (name === 'Step' && before !== undefined) found.set(name, `${before} ${value}`);
  else if (before === undefined) found.set(name, value);
}
