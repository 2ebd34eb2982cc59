import { canonicalMac } from './mac.ts';

/**
 * The MAC inside a DHCPv6 client's identifier: DUID-LLT (type 1) and DUID-LL (type 3) on Ethernet carry it
 * (RFC 8415 §11.2, §11.4). Reads hex with or without colons. Undefined for other kinds.
 */
export function macOfDuid(text: string): string | undefined {
  if (text.length > 64) return undefined;
  const hex = text.replace(/[:-]/g, '').toLowerCase();
  if (hex.startsWith('00010001') && hex.length === 28) return canonicalMac(hex.slice(16));
  if (hex.startsWith('00030001') && hex.length === 20) return canonicalMac(hex.slice(8));
  return undefined;
}
