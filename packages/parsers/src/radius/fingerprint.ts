import { createHash } from 'node:crypto';
import { PROXY_STATE, type RadiusPacket } from './packet.ts';

const [ACCT_STATUS_TYPE, ACCT_SESSION_ID] = [40, 44];
/** Start, Stop, Interim-Update. */
const OF_SESSIONS = [1, 2, 3];
/** RFC 2866 §5.2: seconds for which the client has tried to send the packet. */
const ACCT_DELAY_TIME = 41;

/**
 * What an Accounting-Request tells, as a short text: two with the same one tell the same. Left out is what changes from one
 * transmission to the next: Acct-Delay-Time, with it identifier and authenticator (RFC 2866 §5.2), and what proxies add.
 * Undefined for what is about no session: a NAS that starts twice within a minute may say so in the same bytes.
 */
export function fingerprintOf({ attributes }: RadiusPacket): string | undefined {
  const status = attributes.find(({ type }) => type === ACCT_STATUS_TYPE)?.value;
  if (status?.length !== 4 || !OF_SESSIONS.includes(status.readUInt32BE(0))) return undefined;
  if (!attributes.some(({ type }) => type === ACCT_SESSION_ID)) return undefined;
  const sum = createHash('sha256');
  for (const { type, value } of attributes) {
    if (type === ACCT_DELAY_TIME || type === PROXY_STATE) continue;
    sum.update(Uint8Array.of(type, value.length)).update(value);
  }
  return sum.digest('base64');
}

/** Seconds between the event and the sending of the packet; 0 where it does not say. */
export function delayOf({ attributes }: RadiusPacket): number {
  const value = attributes.find(({ type }) => type === ACCT_DELAY_TIME)?.value;
  return value?.length === 4 ? value.readUInt32BE(0) : 0;
}
