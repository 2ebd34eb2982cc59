import { countOddBytes, type FramingFlags, type FramingOptions, isCleanText } from './record-sink.ts';

export interface DatagramRecord {
  /** A view into the datagram: all of its bytes, line end included, since the packet is what was sent. */
  readonly bytes: Buffer;
  readonly flags: FramingFlags;
}

/**
 * One datagram is one record (RFC 5426 §3.1). Undefined, and counted `empty`, when there is nothing in it but line ends.
 * A trailing LF or NUL is kept: evidence is the payload as it came, and the parser leaves it out of the message.
 */
export function readDatagram(datagram: Buffer, options: FramingOptions): DatagramRecord | undefined {
  if (isOnlyLineEnds(datagram)) {
    options.onCounter('empty');
    return undefined;
  }
  const cut = datagram.length > options.maxRecordBytes;
  const bytes = cut ? datagram.subarray(0, options.maxRecordBytes) : datagram;
  if (cut) options.onCounter('truncated');
  if (!isCleanText(bytes)) countOddBytes(bytes, cut, options.onCounter);
  return { bytes, flags: cut ? 't' : '' };
}

function isOnlyLineEnds(bytes: Buffer): boolean {
  for (const byte of bytes) if (byte !== 0x0a && byte !== 0x0d) return false;
  return true;
}
