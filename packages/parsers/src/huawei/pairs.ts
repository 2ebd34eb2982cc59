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

/** A message's sentence and the pairs behind it, without their brackets and the full stop. */
export function splitMessage(said: string): { sentence: string; pairs: string } {
  const open = said.indexOf('(');
  const startsWithPair = /^[A-Za-z][\w-]{0,31}=/.test(said);
  if (startsWithPair || open < 0) return { sentence: '', pairs: startsWithPair ? said.replace(/\.\s{0,4}$/, '') : '' };
  const close = said.lastIndexOf(')');
  return { sentence: said.slice(0, open).trim(), pairs: said.slice(open + 1, close > open ? close : undefined) };
}
