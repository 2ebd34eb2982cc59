/** A MAC in the form ECS asks (RFC 7042): `00-00-5E-00-53-23`. Reads colons, hyphens and Cisco's dots. */
export function canonicalMac(text: string): string | undefined {
  if (text.length < 12 || text.length > 17) return undefined;
  const hex = text.replace(/[:.-]/g, '');
  if (!/^[0-9a-f]{12}$/i.test(hex)) return undefined;
  const upper = hex.toUpperCase();
  return `${upper.slice(0, 2)}-${upper.slice(2, 4)}-${upper.slice(4, 6)}-${upper.slice(6, 8)}-${upper.slice(8, 10)}-${upper.slice(10)}`;
}
