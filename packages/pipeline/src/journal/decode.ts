import { TRANSPORTS, type Transport } from '@logmaster/core/record';
import type { Micros } from '@logmaster/core/time';
import { RECORD_HEADER_BYTES } from './format.ts';

export interface JournalSource {
  readonly transport: Transport;
  readonly address: string;
  readonly port: number;
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
    const transport = TRANSPORTS[payload.readUInt8(at)];
    const port = payload.readUInt16LE(at + 1);
    const length = payload.readUInt8(at + 3);
    if (transport === undefined || at + 4 + length > end) return undefined;
    sources.push({ transport, port, address: payload.toString('latin1', at + 4, at + 4 + length) });
    at += 4 + length;
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
