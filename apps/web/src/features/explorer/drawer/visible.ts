/** A stretch of hostile text: shown as it is, or as a visible stand-in for something that can't be seen. */
export interface TextPiece {
  readonly text: string;
  /** The code point that `text` stands for, as `U+001B`. */
  readonly escaped?: string;
}

/**
 * What may not reach the screen as it is: C0 and C1 controls, DEL, bidirectional overrides and isolates (they reorder
 * what is read: CVE-2021-42574), zero-width and other format characters, line separators, lone surrogates and U+FFFD.
 */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\uFFFD]/u;

const NAMED: Record<string, string> = { '\n': '\\n', '\r': '\\r', '\t': '\\t', '\0': '\\0', '\x1b': '\\e' };

/** Cuts text into what is plain and what needs a stand-in. Joining the pieces' sources gives the text back. */
export function visiblePieces(text: string): TextPiece[] {
  const pieces: TextPiece[] = [];
  let plain = '';
  const flush = () => {
    if (plain) pieces.push({ text: plain });
    plain = '';
  };
  for (const char of text) {
    if (!UNSEEN.test(char)) {
      plain += char;
      continue;
    }
    flush();
    const code = (char.codePointAt(0) as number).toString(16).toUpperCase().padStart(4, '0');
    pieces.push({
      text: NAMED[char] ?? (code.startsWith('00') ? `\\x${code.slice(2)}` : `\\u{${code}}`),
      escaped: `U+${code}`,
    });
  }
  flush();
  return pieces;
}
