/** Redis serialisation protocol, version 2, as far as readiness questions need it. Text holds one char a byte. */

export function encodeCommand(words: readonly string[]): string {
  return `*${words.length}\r\n${words.map((word) => `$${Buffer.byteLength(word)}\r\n${word}\r\n`).join('')}`;
}

/** Index behind the reply that begins at `from`; -1 while it is not complete. */
export function replyEnd(text: string, from: number): number {
  const line = text.indexOf('\r\n', from);
  if (line < 0) return -1;
  const behind = line + 2;
  const size = Number(text.slice(from + 1, line));
  if (text[from] === '$') {
    const end = size < 0 ? behind : behind + size + 2;
    return end <= text.length ? end : -1;
  }
  if (text[from] !== '*') return behind;
  let at = behind;
  for (let item = 0; item < size && at >= 0; item++) at = replyEnd(text, at);
  return at;
}
