import { TRANSPORTS, type Transport } from '@logmaster/core/record';
import type { Micros } from '@logmaster/core/time';
import { IDENTITY_FOLLOWS, RECORD_HEADER_BYTES } from './format.ts';

export interface JournalSource {
  readonly transport: Transport;
  readonly address: string;
  readonly port: number;
  /**
   * Who the sender proved to be, where it did: `sha256:<hex of the client certificate> <subject>`, printable ASCII, at
   * most 255 characters. The fingerprint is the identity; the subject is for people.
   */
  readonly identity?: string;
}

export interface JournalRecord {
  readonly receivedAt: Micros;
  readonly source: JournalSource;
  /** Bits of journal/flags.ts. */
  readonly flags: number;
  /** A view of the block's payload. */
  readonly raw: Buffer;
}

/**
 * The records of a whole block, in order. Undefined when the payload contradicts itself or `count`: its checksum held,
 * so it was written wrong, and the reader reports it as lost instead of guessing.
 */
export function decodeRecords(payload: Buffer, count: number, baseMicros: Micros): JournalRecord[] | undefined {
  const end = payload.length;
  if (end < 2) return undefined;
  const sources: JournalSource[] = [];
  let at = 2;
  for (let left = payload.readUInt16LE(0); left > 0; left--) {
    if (at + 4 > end) return undefined;
    const kind = payload.readUInt8(at);
    const transport = TRANSPORTS[kind & ~IDENTITY_FOLLOWS];
    const port = payload.readUInt16LE(at + 1);
    const address = readText(payload, at + 3);
    if (transport === undefined || address === undefined) return undefined;
    at += 4 + address.length;
    if (kind & IDENTITY_FOLLOWS) {
      const identity = readText(payload, at);
      if (identity === undefined) return undefined;
      sources.push({ transport, port, address, identity });
      at += 1 + identity.length;
    } else sources.push({ transport, port, address });
  }
  const records: JournalRecord[] = [];
  for (let i = 0; i < count; i++) {
    if (at + RECORD_HEADER_BYTES > end) return undefined;
    const length = payload.readUInt32LE(at);
    const receivedAt = baseMicros + payload.readUInt32LE(at + 4);
    const source = sources[payload.readUInt16LE(at + 8)];
    const flags = payload.readUInt8(at + 10);
    at += RECORD_HEADER_BYTES;
    if (source === undefined || at + length > end) return undefined;
    records.push({ receivedAt, source, flags, raw: payload.subarray(at, at + length) });
    at += length;
  }
  return at === end ? records : undefined;
}

/** Length byte and ASCII; undefined when it does not fit. */
function readText(payload: Buffer, at: number): string | undefined {
  const length = payload[at];
  if (length === undefined || at + 1 + length > payload.length) return undefined;
  return payload.toString('latin1', at + 1, at + 1 + length);
}
