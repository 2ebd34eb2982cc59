/** The unspecified addresses (RFC 1122 §3.2.1.3, RFC 4291 §2.5.2): devices write them where there is none. */
export const NO_ADDRESS: ReadonlySet<string> = new Set(['0.0.0.0', '::']);

/**
 * Canonical text of an IP address: dotted quad, or RFC 5952 for IPv6 (lower case, longest run of zeros as `::`).
 * An IPv4-mapped IPv6 address is the IPv4 address, as in searches. Undefined when the text is no address. Leading zeros
 * in a quad are refused: some systems read them as octal.
 */
export function canonicalIp(text: string): string | undefined {
  if (isIpv4(text)) return text;
  return text.includes(':') ? canonicalIpv6(text) : undefined;
}

function isIpv4(text: string): boolean {
  const length = text.length;
  if (length < 7 || length > 15) return false;
  let dots = 0;
  let value = 0;
  let digits = 0;
  for (let at = 0; at < length; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x2e) {
      if (digits === 0 || ++dots > 3) return false;
      value = 0;
      digits = 0;
    } else if (code >= 0x30 && code <= 0x39) {
      if (digits > 0 && value === 0) return false;
      value = value * 10 + code - 0x30;
      digits++;
      if (value > 255) return false;
    } else return false;
  }
  return dots === 3 && digits > 0;
}

function canonicalIpv6(text: string): string | undefined {
  if (text.length > 45) return undefined;
  const groups = readGroups(text);
  if (!groups) return undefined;
  if (groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff) {
    const [high, low] = [groups[6] as number, groups[7] as number];
    return `${high >> 8}.${high & 255}.${low >> 8}.${low & 255}`;
  }
  const { start, length } = longestZeroRun(groups);
  const hex = (from: number, to?: number) =>
    groups
      .slice(from, to)
      .map((group) => group.toString(16))
      .join(':');
  return length < 2 ? hex(0) : `${hex(0, start)}::${hex(start + length)}`;
}

/** The eight groups, with `::` and a quad at the end written out. */
function readGroups(text: string): number[] | undefined {
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const head = readPart(halves[0] as string, halves.length === 1);
  const tail = halves.length === 2 ? readPart(halves[1] as string, true) : [];
  if (!head || !tail) return undefined;
  const missing = 8 - head.length - tail.length;
  if (halves.length === 1 ? missing !== 0 : missing < 1) return undefined;
  return [...head, ...new Array<number>(missing).fill(0), ...tail];
}

function readPart(part: string, mayEndInQuad: boolean): number[] | undefined {
  if (part === '') return [];
  const groups: number[] = [];
  const words = part.split(':');
  for (const [index, word] of words.entries()) {
    if (mayEndInQuad && index === words.length - 1 && isIpv4(word)) {
      const [a, b, c, d] = word.split('.').map(Number) as [number, number, number, number];
      groups.push(a * 256 + b, c * 256 + d);
    } else if (/^[0-9a-f]{1,4}$/i.test(word)) groups.push(Number.parseInt(word, 16));
    else return undefined;
  }
  return groups;
}

function longestZeroRun(groups: readonly number[]): { start: number; length: number } {
  let best = { start: 0, length: 0 };
  let start = 0;
  for (let at = 0; at < groups.length; at++) {
    if (groups[at] !== 0) start = at + 1;
    else if (at + 1 - start > best.length) best = { start, length: at + 1 - start };
  }
  return best;
}
