import { isUtf8 } from 'node:buffer';

const turkish = new TextDecoder('windows-1254');

/**
 * Bytes as text: UTF-8, and windows-1254 (Latin-1 with the Turkish letters) for what isn't, so that no byte is lost to
 * a replacement character. A record that was cut inside its last UTF-8 character stays UTF-8.
 */
export function decodeText(raw: Uint8Array): string {
  const bytes = Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength);
  if (isUtf8(bytes)) return bytes.toString('utf8');
  for (let missing = 1; missing <= 3 && missing < bytes.length; missing++) {
    const lead = bytes[bytes.length - missing] as number;
    if (lead >= 0xc0) {
      const whole = bytes.subarray(0, bytes.length - missing);
      // Only if it is not Turkish text that happens to end in such a letter.
      if (whole.some((byte) => byte >= 0x80) && isUtf8(whole)) return bytes.toString('utf8');
      break;
    }
  }
  return turkish.decode(bytes);
}

/** Position after the last character that is not a line end, NUL or blank at the end, nor one that rsyslog wrote as `#015`. */
export function trimmedEnd(text: string): number {
  let end = text.length;
  while (end > 0 && isTrailing(text.charCodeAt(end - 1))) end--;
  while (end >= ESCAPED && isEscaped((back) => text.charCodeAt(end - back))) end -= ESCAPED;
  return end;
}

/** The same of bytes[from, to). */
export function trimmedBytes(bytes: Uint8Array, from: number, to: number): number {
  let end = to;
  while (end > from && isTrailing(bytes[end - 1] as number)) end--;
  while (end >= from + ESCAPED && isEscaped((back) => bytes[end - back] as number)) end -= ESCAPED;
  return end;
}

/** Length of `#015`. */
const ESCAPED = 4;

/** `#000`, `#012` and `#015` before the end: NUL, line feed and carriage return, as rsyslog escapes them. */
function isEscaped(codeAt: (back: number) => number): boolean {
  if (codeAt(4) !== 0x23 || codeAt(3) !== 0x30) return false;
  const [tens, ones] = [codeAt(2), codeAt(1)];
  return (tens === 0x30 && ones === 0x30) || (tens === 0x31 && (ones === 0x32 || ones === 0x35));
}

function isTrailing(code: number): boolean {
  return code === 0x0a || code === 0x0d || code === 0 || code === 0x20;
}
