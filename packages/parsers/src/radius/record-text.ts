/**
 * How an Accounting-Request stands in a record: this word, then the packet as it came, each byte as two lower-case hex
 * digits. Nothing of it is read, shortened or put in another order (docs/formats/identity-events.md).
 */
export const RADIUS_RECORD = 'LogMaster-RADIUS/1 ';

export function radiusRecord(packet: Buffer): Buffer {
  return Buffer.from(RADIUS_RECORD + packet.toString('hex'), 'latin1');
}

/** The packet in a record's text; undefined when its digits are none. */
export function packetInRecord(text: string): Buffer | undefined {
  const digits = text.slice(RADIUS_RECORD.length);
  return digits.length % 2 === 0 && /^[0-9a-f]+$/.test(digits) ? Buffer.from(digits, 'hex') : undefined;
}
