/** Looked at for each equals sign, so that the work stays linear. */
const MAX_NAME = 64;

/**
 * `name=two words name=value`: pairs of senders that quote nothing, whose values go up to the next name. Calls `onPair` in
 * order with the value's first word and the whole of it.
 */
export function readLoosePairs(
  text: string,
  at: number,
  onPair: (name: string, word: string, whole: string) => void,
): void {
  let name = '';
  let valueAt = at;
  const take = (end: number) => {
    if (name === '') return;
    const whole = text.slice(valueAt, end).trim();
    const space = text.charCodeAt(valueAt) === 0x20 ? 0 : whole.indexOf(' ');
    onPair(name, space < 0 ? whole : whole.slice(0, space), whole);
  };
  for (let equals = text.indexOf('=', at); equals >= 0; equals = text.indexOf('=', equals + 1)) {
    const nameAt = startOfName(text, equals, valueAt, name === '');
    if (nameAt < 0) continue;
    take(nameAt);
    name = text.slice(nameAt, equals);
    valueAt = equals + 1;
  }
  take(text.length);
}

/** Where the word before an equals sign begins, or −1 when it is no name. */
function startOfName(text: string, equals: number, from: number, isFirst: boolean): number {
  const lowest = Math.max(from, equals - MAX_NAME);
  let at = equals;
  while (at > lowest && isNameCharacter(text.charCodeAt(at - 1))) at--;
  if (at === equals) return -1;
  return (isFirst && at === from) || text.charCodeAt(at - 1) === 0x20 ? at : -1;
}

/** Letters, digits, `_`, `.` and `-`. */
function isNameCharacter(code: number): boolean {
  if ((code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a) || (code >= 0x30 && code <= 0x39)) return true;
  return code === 0x5f || code === 0x2d || code === 0x2e;
}
