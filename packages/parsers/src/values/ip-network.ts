import { canonicalIp } from './ip.ts';
import { ipBytes } from './ip-bytes.ts';

/** `10.1.2.0/24` in canonical text, without bits behind its length; undefined when it is no block of addresses. */
export function canonicalNetwork(text: string): string | undefined {
  const [address = '', length = ''] = text.split('/', 3);
  const canonical = canonicalIp(address);
  const bytes = canonical === undefined ? undefined : ipBytes(canonical);
  if (bytes === undefined || !/^\d{1,3}$/.test(length) || text.split('/').length !== 2) return undefined;
  const bits = Number(length);
  if (bits > bytes.length * 8) return undefined;
  const kept = bytes.map((byte, index) => {
    const left = bits - index * 8;
    return left >= 8 ? byte : left <= 0 ? 0 : byte & (0xff00 >> left) & 0xff;
  });
  const first = bytes.length === 4 ? kept.join('.') : canonicalIp(hexGroups(kept));
  return bits === bytes.length * 8 ? first : `${first}/${bits}`;
}

function hexGroups(bytes: Uint8Array): string {
  return (Buffer.from(bytes).toString('hex').match(/.{4}/g) ?? []).join(':');
}
