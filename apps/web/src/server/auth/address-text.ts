import { isIP } from 'node:net';

/** `1.2.3.4:5678` and `[2001:db8::1]:443`, as some proxies write them. */
const WITH_PORT = /^(?:\[([\da-f:.]+)\]|(\d{1,3}(?:\.\d{1,3}){3}))(?::\d{1,5})?$/i;
const MAPPED = /^::ffff:(\d{1,3}(?:\.\d{1,3}){3})$/i;

/** One entry of X-Forwarded-For as an IP address: without port, an IPv4 address in its own form. Null: it is none. */
export function addressOf(entry: string): string | null {
  const text = entry.trim();
  const [, bracketed, plain] = WITH_PORT.exec(text) ?? [];
  const address = bracketed ?? plain ?? text;
  const [, ipv4] = MAPPED.exec(address) ?? [];
  const found = ipv4 ?? address;
  return isIP(found) === 0 ? null : found;
}
