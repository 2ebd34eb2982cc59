import { addressOf } from './address-text.ts';
import type { TrustedProxies } from './trusted-proxies.ts';

/**
 * The client's address: from the right of X-Forwarded-For, whose last entry is the socket's peer (`notePeers`), the first
 * that is no trusted proxy. What stands left of it was written by that client and says nothing. `unknown` when the peer is.
 */
export function clientAddress(forwardedFor: string | null | undefined, proxies: TrustedProxies): string {
  let nearest = 'unknown';
  for (const entry of (forwardedFor ?? '').split(',').reverse()) {
    const address = addressOf(entry);
    // A trusted proxy that passes on what is no address: it is the last of whom anything is known.
    if (address === null) return nearest;
    nearest = address;
    if (!proxies.has(address)) return address;
  }
  return nearest;
}
