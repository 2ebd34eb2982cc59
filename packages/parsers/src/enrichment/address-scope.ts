import { ipBytes } from '../values/ip-bytes.ts';

/**
 * Is the address inside a network rather than on the internet? RFC 1918, shared (RFC 6598, behind a provider's NAT),
 * loopback, link-local, unique local (RFC 4193), and what never leaves a network: unspecified, multicast, broadcast.
 * @param address canonical text
 */
export function isInternal(address: string): boolean {
  const bytes = ipBytes(address);
  if (bytes === undefined) return false;
  return bytes.length === 4 ? isInternalQuad(bytes) : isInternalV6(bytes);
}

function isInternalQuad(bytes: Uint8Array): boolean {
  const [a, b] = [bytes[0] as number, bytes[1] as number];
  if (a === 10 || a === 127 || a === 0 || a >= 224) return a < 240 || bytes.every((byte) => byte === 255);
  if (a === 172) return b >= 16 && b <= 31;
  if (a === 192) return b === 168;
  if (a === 169) return b === 254;
  return a === 100 && b >= 64 && b <= 127;
}

function isInternalV6(bytes: Uint8Array): boolean {
  const [a, b] = [bytes[0] as number, bytes[1] as number];
  // fc00::/7, ff00::/8, fe80::/10
  if ((a & 0xfe) === 0xfc || a === 0xff || (a === 0xfe && (b & 0xc0) === 0x80)) return true;
  // :: and ::1
  return bytes.subarray(0, 15).every((byte) => byte === 0) && (bytes[15] as number) <= 1;
}

export type Direction = 'internal' | 'inbound' | 'outbound' | 'external';

/** `network.direction` (ECS) as seen from the network: by whether source and destination are inside of it. */
export function directionOf(sourceInternal: boolean, destinationInternal: boolean): Direction {
  if (sourceInternal) return destinationInternal ? 'internal' : 'outbound';
  return destinationInternal ? 'inbound' : 'external';
}
