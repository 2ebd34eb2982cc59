/** `key=value`, `key='a value'`, `key="a value"`, and `msg= 'a value'` of AnyConnect events. */
const PAIR = /(?<![\w-])([A-Za-z_][\w-]{0,40})=(?: ?'([^']{0,1024})'| ?"([^"]{0,1024})"|(\S{0,1024}))/g;

/** Meraki's pairs in their order; a name that comes twice keeps its first value. */
export function readMerakiPairs(text: string): ReadonlyMap<string, string> {
  const pairs = new Map<string, string>();
  for (const [, key, single, double, bare] of text.matchAll(PAIR)) {
    if (!pairs.has(key as string)) pairs.set(key as string, (single ?? double ?? bare ?? '').trim());
  }
  return pairs;
}
