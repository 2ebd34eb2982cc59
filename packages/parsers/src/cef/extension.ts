const EQUALS = 0x3d;
const BACKSLASH = 0x5c;
/** Looked at for each equals sign, so that the work stays linear. */
const MAX_KEY = 100;
/** A hostile record can hold thousands. */
const MAX_PAIRS = 512;

/** Pairs of one record in their order. A name that comes twice keeps its first value. */
export type Pairs = ReadonlyMap<string, string>;

/**
 * CEF extension: `key=value key=value`, where values hold spaces and go up to the next key. `\=`, `\\`, `\|`, `\n` and
 * `\r` are escapes. An equals sign that a sender forgot to escape is part of the value unless a whole word of key
 * characters stands before it.
 */
export function readExtension(text: string, at: number): Pairs {
  const pairs = new Map<string, string>();
  let key = '';
  let valueAt = at;
  let escaped = false;
  const take = (end: number) => {
    if (key === '' || pairs.has(key) || pairs.size >= MAX_PAIRS) return;
    const raw = withoutQuotes(text.slice(valueAt, end).trim());
    pairs.set(key, escaped ? resolved(raw) : raw);
  };
  for (let cursor = at; cursor < text.length; cursor++) {
    const code = text.charCodeAt(cursor);
    if (code === BACKSLASH) {
      escaped = true;
      cursor++;
    } else if (code === EQUALS) {
      const keyAt = startOfKey(text, cursor, valueAt, key === '');
      if (keyAt < 0) continue;
      take(keyAt);
      key = text.slice(keyAt, cursor);
      valueAt = cursor + 1;
      escaped = false;
    }
  }
  take(text.length);
  return pairs;
}

/** Where the word before an equals sign begins, or −1 when it is no key. */
function startOfKey(text: string, equals: number, from: number, isFirst: boolean): number {
  const lowest = Math.max(from, equals - MAX_KEY);
  let at = equals;
  while (at > lowest && isKeyCharacter(text.charCodeAt(at - 1))) at--;
  if (at === equals) return -1;
  // `suser=LDAP://host/OU=Users`: right behind an equals sign begins a value.
  return (isFirst && at === from) || isBlank(text.charCodeAt(at - 1)) ? at : -1;
}

/** Letters, digits and what vendors use besides: `_`, `-`, `.`, `[`, `]`, `@`, `:` and `/`. */
function isKeyCharacter(code: number): boolean {
  if (code >= 0x61 && code <= 0x7a) return true;
  if (code >= 0x2d && code <= 0x3a) return true;
  return (code >= 0x40 && code <= 0x5b) || code === 0x5d || code === 0x5f || code > 0x7f;
}

function isBlank(code: number): boolean {
  return code === 0x20 || code === 0x09;
}

/** `act="DROP"`: some senders quote values, which CEF doesn't. */
function withoutQuotes(value: string): string {
  const last = value.length - 1;
  return last > 0 && value.startsWith('"') && value.indexOf('"', 1) === last ? value.slice(1, -1) : value;
}

const UNESCAPE = /\\([\\=|nrt"])/g;
const CONTROLS: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };

function resolved(raw: string): string {
  return raw.replace(UNESCAPE, (_, character: string) => CONTROLS[character] ?? character);
}
