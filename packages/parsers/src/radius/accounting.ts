import { createHash, timingSafeEqual } from 'node:crypto';
import { ACCOUNTING_RESPONSE, HEAD_BYTES, PROXY_STATE, type RadiusPacket } from './packet.ts';

/** Bytes [4, 20) of a packet. */
const AUTHENTICATOR = 4;

/** MD5 over code, identifier, length, `authenticator`, attributes and the shared secret: RFC 2866 §3. */
function digest(packet: Buffer, authenticator: Uint8Array, secret: string): Buffer {
  return createHash('md5')
    .update(packet.subarray(0, AUTHENTICATOR))
    .update(authenticator)
    .update(packet.subarray(HEAD_BYTES))
    .update(secret, 'utf8')
    .digest();
}

/** Does the sender of an Accounting-Request know the secret, and is the packet as it was sent? RFC 2866 §3, Request Authenticator. */
export function isAuthentic({ bytes }: RadiusPacket, secret: string): boolean {
  return timingSafeEqual(digest(bytes, new Uint8Array(16), secret), bytes.subarray(AUTHENTICATOR, HEAD_BYTES));
}

/** The Accounting-Response (RFC 2866 §4.2): says that the request was recorded. Proxy-State goes back as it came. */
export function accountingResponse(request: RadiusPacket, secret: string): Buffer {
  const states = request.attributes
    .filter(({ type }) => type === PROXY_STATE)
    .map(({ type, value }) => Buffer.concat([Uint8Array.of(type, value.length + 2), value]));
  const answer = Buffer.concat([Buffer.alloc(HEAD_BYTES), ...states]);
  answer[0] = ACCOUNTING_RESPONSE;
  answer[1] = request.identifier;
  answer.writeUInt16BE(answer.length, 2);
  digest(answer, request.bytes.subarray(AUTHENTICATOR, HEAD_BYTES), secret).copy(answer, AUTHENTICATOR);
  return answer;
}
