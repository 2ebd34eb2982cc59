/** How much of a text makes its pattern. */
const MAX_CHARACTERS = 240;

const TAB = 0x09;
const SPACE = 0x20;
const QUOTE = 0x22;
const PERCENT = 0x25;
const EQUALS = 0x3d;
/** What ends a word, beside white space: `" ' ( ) , ; < = > [ ] { | }`. */
const DELIMITERS = new Set([...'"\'(),;<=>[]{|}'].map((character) => character.charCodeAt(0)));

/**
 * A text with what differs from record to record masked as `*`: numbers, addresses, long hexadecimal words, quoted
 * texts, and whatever stands behind an equals sign. Texts of one kind have one pattern. Linear; looks at the first 240
 * characters.
 */
export function patternOf(text: string): string {
  const end = Math.min(text.length, MAX_CHARACTERS);
  let pattern = '';
  let at = 0;
  while (at < end) {
    const code = text.charCodeAt(at);
    if (code === SPACE || code === TAB) {
      if (!pattern.endsWith(' ') && pattern !== '') pattern += ' ';
      at++;
    } else if (code === QUOTE) {
      const close = text.indexOf('"', at + 1);
      pattern += '"*"';
      at = close < 0 || close >= end ? end : close + 1;
    } else if (DELIMITERS.has(code)) {
      pattern += text[at];
      at++;
    } else {
      const to = wordEnd(text, at, end);
      const isValue = at > 0 && text.charCodeAt(at - 1) === EQUALS;
      pattern += isValue ? '*' : maskedWord(text.slice(at, to));
      at = to;
    }
  }
  return text.length > end ? `${pattern.trimEnd()}…` : pattern.trimEnd();
}

function wordEnd(text: string, from: number, end: number): number {
  let at = from;
  for (; at < end; at++) {
    const code = text.charCodeAt(at);
    if (code === SPACE || code === TAB || DELIMITERS.has(code)) break;
  }
  return at;
}

const DIGIT = /\d/;
const DIGITS = /\d{1,240}/g;
/** Numbers with what stands between and around them: `10.0.0.5:443`, `12:30:01`, `-5`, `1,5%`. */
const NUMERIC = /^[\d.:/+\-_%*#]{1,240}$/;
/** MAC and IPv6 addresses, hashes. */
const HEXADECIMAL = /^(?:0x)?[\da-fA-F:.-]{6,240}$/;

function maskedWord(word: string): string {
  // `%ASA-6-302013:` names the kind of the record.
  if (word.charCodeAt(0) === PERCENT || !DIGIT.test(word)) return word;
  const last = word.at(-1) as string;
  const ending = last === ':' || last === '.' ? last : '';
  const body = ending === '' ? word : word.slice(0, -1);
  return NUMERIC.test(body) || HEXADECIMAL.test(body) ? `*${ending}` : word.replace(DIGITS, '*');
}
