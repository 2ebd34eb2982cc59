const KEY = /(?:^|[,;]) {0,2}([A-Za-z][\w /-]{0,31}?) ?= ?/g;

/**
 * Huawei's pairs: `vsys=public, protocol=6, …`, `IPVer=4,Protocol=tcp,…`, and those in the brackets behind a sentence. A value
 * goes up to the next comma with a key behind it, so that it may hold commas; in quotes up to the quote.
 */
export function readHuaweiPairs(text: string, onPair: (key: string, value: string) => void): void {
  KEY.lastIndex = 0;
  let key = KEY.exec(text);
  while (key) {
    const at = KEY.lastIndex;
    const close = text.charCodeAt(at) === 0x22 ? closingQuote(text, at + 1) : -1;
    if (close >= 0) KEY.lastIndex = close + 1;
    const next = KEY.exec(text);
    const value = close >= 0 ? text.slice(at + 1, close) : text.slice(at, next?.index).trim();
    onPair(key[1] as string, value);
    key = next;
  }
}

/** A quote with a comma, a bracket or the end behind it. */
function closingQuote(text: string, from: number): number {
  let at = text.indexOf('"', from);
  while (at >= 0) {
    const next = text[at + 1];
    if (next === undefined || next === ',' || next === ')' || next === '.' || next === ';' || next === ' ') return at;
    at = text.indexOf('"', at + 1);
  }
  return -1;
}

/** Pairs behind a sentence without brackets: `Session setup. SrcIp=10.0.0.5, …`. */
const BARE = /[.:] {1,2}(?=[A-Za-z][\w-]{0,31}=)/;

/** The pairs of a message, behind its sentence, without their brackets and the full stop. */
export function pairsOf(said: string): string {
  const bare = /^[A-Za-z][\w-]{0,31}=/.test(said) ? 0 : undefined;
  const open = said.indexOf('(');
  if (bare === undefined && open >= 0) {
    const close = said.lastIndexOf(')');
    return said.slice(open + 1, close > open ? close : undefined);
  }
  const sentence = bare === undefined ? BARE.exec(said.slice(0, 256)) : null;
  const at = bare ?? (sentence ? sentence.index + sentence[0].length : said.length);
  return said.slice(at).replace(/\.\s{0,4}$/, '');
}
