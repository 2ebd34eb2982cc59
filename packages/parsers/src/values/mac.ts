/** Twelve digits, in pairs, in fours (Cisco, Huawei) or in halves (HP). `192.168.100.200` has twelve digits too. */
const FORM =
  /^(?:[\da-f]{12}|(?:[\da-f]{2}[:-]){5}[\da-f]{2}|(?:[\da-f]{4}[.:-]){2}[\da-f]{4}|[\da-f]{6}[:-][\da-f]{6})$/i;

/** A MAC in the form ECS asks (RFC 7042): `00-00-5E-00-53-23`. Reads colons, hyphens and Cisco's dots. */
export function canonicalMac(text: string): string | undefined {
  if (text.length < 12 || text.length > 17 || !FORM.test(text)) return undefined;
  const upper = text.replace(/[:.-]/g, '').toUpperCase();
  return `${upper.slice(0, 2)}-${upper.slice(2, 4)}-${upper.slice(4, 6)}-${upper.slice(6, 8)}-${upper.slice(8, 10)}-${upper.slice(10)}`;
}
