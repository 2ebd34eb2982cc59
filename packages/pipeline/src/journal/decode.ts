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

/** The records of a whole block: where each stands in the payload, and what its header says. */
export class RecordFrames {
  readonly payload: Buffer;
  readonly count: number;
  private readonly baseMicros: Micros;
  private readonly sources: readonly JournalSource[];
  /** Where each record's header begins, and behind the last record. */
  private readonly starts: Uint32Array;
  private readonly sourceIndexes: Uint16Array;
  #records: readonly JournalRecord[] | undefined;

  constructor(
    payload: Buffer,
    baseMicros: Micros,
    sources: readonly JournalSource[],
    starts: Uint32Array,
    sourceIndexes: Uint16Array,
  ) {
    this.payload = payload;
    this.baseMicros = baseMicros;
    this.sources = sources;
    this.starts = starts;
    this.sourceIndexes = sourceIndexes;
    this.count = sourceIndexes.length;
  }

  receivedAt(index: number): Micros {
    return this.baseMicros + readU32(this.payload, (this.starts[index] as number) + 4);
  }

  source(index: number): JournalSource {
    return this.sources[this.sourceIndexes[index] as number] as JournalSource;
  }

  /** How many of the records [from, to) each source sent; sources without any are left out. */
  tally(from: number, to: number): { readonly source: JournalSource; readonly records: number }[] {
    const counts = new Uint32Array(this.sources.length);
    for (let i = from; i < to; i++)
      counts[this.sourceIndexes[i] as number] = (counts[this.sourceIndexes[i] as number] as number) + 1;
    return this.sources
      .map((source, index) => ({ source, records: counts[index] as number }))
      .filter(({ records }) => records > 0);
  }

  /** Bits of journal/flags.ts. */
  flags(index: number): number {
    return this.payload[(this.starts[index] as number) + 10] as number;
  }

  /** The raw bytes are payload[from, to). */
  from(index: number): number {
    return (this.starts[index] as number) + RECORD_HEADER_BYTES;
  }

  to(index: number): number {
    return this.starts[index + 1] as number;
  }

  /** A view of the raw bytes. */
  raw(index: number): Buffer {
    return this.payload.subarray(this.from(index), this.to(index));
  }

  /** An object for each record: not for hot paths. */
  get records(): readonly JournalRecord[] {
    this.#records ??= Array.from({ length: this.count }, (_, index) => ({
      receivedAt: this.receivedAt(index),
      source: this.source(index),
      flags: this.flags(index),
      raw: this.raw(index),
    }));
    return this.#records;
  }
}

/**
 * The records of a whole block, in order. Undefined when the payload contradicts itself or `count`: its checksum held,
 * so it was written wrong, and the reader reports it as lost instead of guessing.
 */
export function decodeRecords(payload: Buffer, count: number, baseMicros: Micros): RecordFrames | undefined {
  const end = payload.length;
  if (end < 2 || count * RECORD_HEADER_BYTES > end) return undefined;
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
  const starts = new Uint32Array(count + 1);
  const sourceIndexes = new Uint16Array(count);
  for (let i = 0; i < count; i++) {
    if (at + RECORD_HEADER_BYTES > end) return undefined;
    const source = (payload[at + 8] as number) | ((payload[at + 9] as number) << 8);
    starts[i] = at;
    sourceIndexes[i] = source;
    at += RECORD_HEADER_BYTES + readU32(payload, at);
    if (source >= sources.length || at > end) return undefined;
  }
  starts[count] = at;
  return at === end ? new RecordFrames(payload, baseMicros, sources, starts, sourceIndexes) : undefined;
}

function readU32(bytes: Buffer, at: number): number {
  const low = (bytes[at] as number) | ((bytes[at + 1] as number) << 8) | ((bytes[at + 2] as number) << 16);
  return low + (bytes[at + 3] as number) * 0x100_0000;
}

/** Length byte and ASCII; undefined when it does not fit. */
function readText(payload: Buffer, at: number): string | undefined {
  const length = payload[at];
  if (length === undefined || at + 1 + length > payload.length) return undefined;
  return payload.toString('latin1', at + 1, at + 1 + length);
}
