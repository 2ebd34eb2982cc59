/** Words of the longest record; log text is hostile. */
const MAX_WORDS = 96;

/** Words between blanks; one in double quotes may hold blanks, and is given without them. */
export function splitWords(text: string, from: number): string[] {
  const words: string[] = [];
  let at = from;
  while (at < text.length && words.length < MAX_WORDS) {
    if (text[at] === ' ') {
      at++;
      continue;
    }
    const quoted = text[at] === '"';
    const close = quoted ? text.indexOf('" ', at + 1) : text.indexOf(' ', at);
    const end = close < 0 ? text.length : close;
    const word = quoted ? text.slice(at + 1, end) : text.slice(at, end);
    words.push(quoted && close < 0 && word.endsWith('"') ? word.slice(0, -1) : word);
    at = end + 1;
  }
  return words;
}
