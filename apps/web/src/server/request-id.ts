import { randomUUID } from 'node:crypto';
import { addressOf } from './auth/address-text.ts';
import type { TrustedProxies } from './auth/trusted-proxies.ts';

/** What Nginx makes (`$request_id`), and UUIDs of other load balancers. */
const FORM = /^[0-9a-f]{32}$|^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * The id under which a request stands in logs and answers: the load balancer's, so that its log and ours can be laid
 * side by side, or a new one. Anybody else's is not taken: ids of two requests must differ.
 */
export function requestIdOf(headers: Headers, proxies: TrustedProxies): string {
  const given = headers.get('x-request-id') ?? '';
  // The last entry is the socket's peer (`notePeers`).
  const peer = addressOf(headers.get('x-forwarded-for')?.split(',').at(-1) ?? '');
  return FORM.test(given) && peer !== null && proxies.has(peer) ? given : randomUUID();
}
