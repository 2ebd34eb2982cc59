import { expect, test } from 'vitest';
import { visiblePieces } from './visible.ts';

const shown = (text: string) =>
  visiblePieces(text)
    .map((piece) => (piece.escaped ? `‹${piece.text}›` : piece.text))
    .join('');

test.each([
  ['plain ğüşiöçİ text', 'plain ğüşiöçİ text'],
  ['<script>alert(1)</script>', '<script>alert(1)</script>'],
  ['\x1b[31mred', '‹\\e›[31mred'],
  ['a\0b\tc\r\n', 'a‹\\0›b‹\\t›c‹\\r›‹\\n›'],
  ['admin\u202Enimda', 'admin‹\\u{202E}›nimda'],
  ['a\u200Bb\u2028c\x7f\x9b', 'a‹\\u{200B}›b‹\\u{2028}›c‹\\x7F›‹\\x9B›'],
  ['bad \uFFFD \uD800', 'bad ‹\\u{FFFD}› ‹\\u{D800}›'],
  ['emoji 🔥 stays', 'emoji 🔥 stays'],
  ['', ''],
])('%j', (text, expected) => expect(shown(text)).toBe(expected));
