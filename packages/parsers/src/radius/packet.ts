/**
 * A RADIUS packet (RFC 2865 §3): code, identifier, length, 16 bytes of authenticator, then attributes of type, length
 * and value.
 */
export interface RadiusPacket {
  readonly code: number;
  readonly identifier: number;
  /** The packet itself: what a datagram holds behind its length is padding. */
  readonly bytes: Buffer;
  readonly attributes: readonly RadiusAttribute[];
}

export interface RadiusAttribute {
  readonly type: number;
  readonly value: Buffer;
}

export const ACCOUNTING_REQUEST = 4;
export const ACCOUNTING_RESPONSE = 5;
export const HEAD_BYTES = 20;
/** RFC 2865 §3: the longest packet. */
const MAX_PACKET = 4096;
export const PROXY_STATE = 33;

/** The packet, or in one sentence why it is none. */
export function readPacket(datagram: Uint8Array): RadiusPacket | { readonly fault: string } {
  const all = Buffer.from(datagram.buffer, datagram.byteOffset, datagram.byteLength);
  if (all.length < HEAD_BYTES) return { fault: 'shorter than 20 bytes' };
  const length = all.readUInt16BE(2);
  if (length < HEAD_BYTES || length > MAX_PACKET) return { fault: 'its length is not 20 to 4096' };
  if (all.length < length) return { fault: 'shorter than its length says' };
  const bytes = all.subarray(0, length);
  const attributes: RadiusAttribute[] = [];
  for (let at = HEAD_BYTES; at < length; ) {
    const size = at + 1 < length ? (bytes[at + 1] as number) : 0;
    if (size < 2 || at + size > length) return { fault: 'an attribute does not fit into it' };
    attributes.push({ type: bytes[at] as number, value: bytes.subarray(at + 2, at + size) });
    at += size;
  }
  return { code: bytes[0] as number, identifier: bytes[1] as number, bytes, attributes };
}
