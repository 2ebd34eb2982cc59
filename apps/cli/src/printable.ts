/**
 * Text that came from elsewhere, made safe for a terminal: control characters (escape sequences among them) and
 * bidirectional overrides appear as `\xHH` or `\u{H}`; line breaks and tabs stay.
 */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}]/gu, (character) => {
    if (character === '\n' || character === '\t') return character;
    const code = character.codePointAt(0) ?? 0;
    return code < 256 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u{${code.toString(16)}}`;
  });
}
