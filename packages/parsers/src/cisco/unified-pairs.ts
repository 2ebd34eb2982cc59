/** `Key: `, at the start and after each comma that separates. Keys may hold up to four words: `Prefilter Policy`. */
const KEY = /([A-Z][A-Za-z0-9_]{0,40}(?: [A-Z][A-Za-z0-9_]{0,24}){0,3}):(?: |$|(?=,))/y;

/**
 * `Key: value, Key: value`: a comma separates only where a key follows it, since names, agents and URLs hold commas too.
 * The first of two pairs with the same key wins.
 */
export function readUnifiedPairs(text: string): Map<string, string> {
  const pairs = new Map<string, string>();
  KEY.lastIndex = 0;
  let key = KEY.exec(text);
  while (key) {
    const from = KEY.lastIndex;
    let comma = text.indexOf(',', from);
    let next: RegExpExecArray | null = null;
    while (comma >= 0) {
      KEY.lastIndex = text[comma + 1] === ' ' ? comma + 2 : comma + 1;
      next = KEY.exec(text);
      if (next) break;
      comma = text.indexOf(',', comma + 1);
    }
    const name = key[1] as string;
    const value = text.slice(from, comma < 0 ? undefined : comma).trim();
    if (!pairs.has(name)) pairs.set(name, value);
    // A successful match left KEY.lastIndex behind the next key.
    key = next;
  }
  return pairs;
}
