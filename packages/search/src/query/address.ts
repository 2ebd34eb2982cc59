/** IP addresses as 128-bit numbers and canonical text (RFC 5952). IPv4-mapped IPv6 counts as the IPv4 address. */
export interface Address {
  readonly family: 4 | 6;
  readonly bits: bigint;
}

const OCTET = /^(?:0|[1-9]\d{0,2})$/;

function parse4(text: string): bigint | undefined {
  const octets = text.split('.');
  if (octets.length !== 4 || !octets.every((octet) => OCTET.test(octet) && Number(octet) < 256)) return undefined;
  return octets.reduce((bits, octet) => bits * 256n + BigInt(octet), 0n);
}

function groups(text: string): number[] | undefined {
  if (text === '') return [];
  const parts = text.split(':');
  if (!parts.every((part) => /^[0-9a-f]{1,4}$/i.test(part))) return undefined;
  return parts.map((part) => Number.parseInt(part, 16));
}

function parse6(text: string): bigint | undefined {
  const tail = /^(.*:)(\d+\.\d+\.\d+\.\d+)$/.exec(text);
  if (tail) {
    const last = parse4(tail[2] as string);
    if (last === undefined) return undefined;
    return parse6(`${tail[1]}${(last >> 16n).toString(16)}:${(last & 0xffffn).toString(16)}`);
  }
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const head = groups(halves[0] as string);
  const rest = halves.length === 2 ? groups(halves[1] as string) : [];
  if (!head || !rest) return undefined;
  const missing = 8 - head.length - rest.length;
  if (halves.length === 2 ? missing < 1 : missing !== 0) return undefined;
  const all = [...head, ...Array.from({ length: missing }, () => 0), ...rest];
  return all.reduce((bits, group) => bits * 65_536n + BigInt(group), 0n);
}

/** Undefined when the text is no address. */
export function parseAddress(text: string): Address | undefined {
  const four = parse4(text);
  if (four !== undefined) return { family: 4, bits: four };
  if (!text.includes(':')) return undefined;
  const six = parse6(text);
  if (six === undefined) return undefined;
  return six >> 32n === 0xffffn ? { family: 4, bits: six & 0xffff_ffffn } : { family: 6, bits: six };
}

function longestZeroRun(parts: readonly number[]): { at: number; length: number } {
  let best = { at: -1, length: 1 };
  for (let at = 0; at < parts.length; at++) {
    let length = 0;
    while (parts[at + length] === 0) length++;
    if (length > best.length) best = { at, length };
  }
  return best;
}

export function formatAddress({ family, bits }: Address): string {
  if (family === 4) return [24n, 16n, 8n, 0n].map((shift) => (bits >> shift) & 255n).join('.');
  const parts = Array.from({ length: 8 }, (_, index) => Number((bits >> BigInt(112 - index * 16)) & 0xffffn));
  const { at, length } = longestZeroRun(parts);
  const hex = (from: number, to: number) =>
    parts
      .slice(from, to)
      .map((part) => part.toString(16))
      .join(':');
  return at < 0 ? hex(0, 8) : `${hex(0, at)}::${hex(at + length, 8)}`;
}

/** First and last address of `address/prefix`; undefined when the text is no network. Host bits are ignored. */
export function parseNetwork(text: string): { readonly first: Address; readonly last: Address } | undefined {
  const match = /^(.+)\/(\d{1,3})$/.exec(text);
  const address = match && parseAddress(match[1] as string);
  if (!match || !address) return undefined;
  const width = address.family === 4 ? 32 : 128;
  const prefix = Number(match[2]);
  if (prefix > width) return undefined;
  const host = (1n << BigInt(width - prefix)) - 1n;
  const first = address.bits & ~host;
  return { first: { family: address.family, bits: first }, last: { family: address.family, bits: first | host } };
}
