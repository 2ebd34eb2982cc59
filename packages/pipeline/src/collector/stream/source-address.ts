/** Canonical text of a peer's address: IPv4 in IPv6 as IPv4, no zone (`%eth0` is this machine's word for a link). */
export function canonicalAddress(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address);
  if (mapped) return mapped[1] as string;
  const zone = address.indexOf('%');
  return zone < 0 ? address : address.slice(0, zone);
}
