import { isIP } from 'node:net';

/**
 * The client's address: the last entry of X-Forwarded-For, which Next fills with the socket's address when the header
 * is missing and a reverse proxy appends to. Without a proxy a client can write what it likes there, so the address
 * slows attackers down but the rule per user name does not rest on it (decision 0042).
 */
export function clientAddress(forwardedFor: string | null | undefined): string {
  const last =
    forwardedFor
      ?.split(',')
      .at(-1)
      ?.trim()
      .replace(/^::ffff:/i, '') ?? '';
  return isIP(last) === 0 ? 'unknown' : last;
}
