/**
 * The 4 or 16 bytes of an address in canonical text (as `canonicalIp` gives it); undefined for any other text. A quad at
 * the end of an IPv6 address is read, too.
 */
export function ipBytes(text: string): Uint8Array | undefined {
  if (!text.includes(':')) return quadBytes(text);
  if (text.length > 45) return undefined;
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const head = groupBytes(halves[0] as string);
  const tail = halves.length === 2 ? groupBytes(halves[1] as string) : [];
  if (head === undefined || tail === undefined) return undefined;
  const missing = 16 - head.length - tail.length;
  if (halves.length === 1 ? missing !== 0 : missing < 2) return undefined;
  return Uint8Array.from([...head, ...new Array<number>(missing).fill(0), ...tail]);
}

function quadBytes(text: string): Uint8Array | undefined {
  const parts = text.split('.', 5);
  if (parts.length !== 4) return undefined;
  const bytes = new Uint8Array(4);
  for (const [index, part] of parts.entries()) {
    const value = /^\d{1,3}$/.test(part) ? Number(part) : 256;
    if (value > 255) return undefined;
    bytes[index] = value;
  }
  return bytes;
}

function groupBytes(part: string): number[] | undefined {
  if (part === '') return [];
  const bytes: number[] = [];
  const words = part.split(':');
  for (const [index, word] of words.entries()) {
    if (index === words.length - 1 && word.includes('.')) {
      const quad = quadBytes(word);
      if (quad === undefined) return undefined;
      bytes.push(...quad);
    } else if (/^[0-9a-f]{1,4}$/i.test(word)) {
      const group = Number.parseInt(word, 16);
      bytes.push(group >> 8, group & 255);
    } else return undefined;
  }
  return bytes;
}
