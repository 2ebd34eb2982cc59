import { crc32 } from 'node:zlib';
import { TRANSPORTS } from '@logmaster/core/record';
import type { Micros } from '@logmaster/core/time';
import type { JournalSource } from './decode.ts';
import { BLOCK_RECORDS, encodeBlockHeader, IDENTITY_FOLLOWS, RECORD_HEADER_BYTES } from './format.ts';

/** Room for 1 MiB and one longest record with its header. */
const CAPACITY = 1024 * 1024 + 128 * 1024;
/** The source index is two bytes. */
const MAX_SOURCES = 65_535;
const MAX_DELTA = 0xffff_ffff;
/** Of address and identity: their length is one byte. */
const TEXT_MAX = 255;

/** Records of one source in one block. */
export interface SourceRecords {
  readonly source: JournalSource;
  readonly records: number;
}

/** Collects records of one block in a reused buffer: each byte of a record is copied once on its way to disk. */
export class BlockBuilder {
  private readonly body = Buffer.allocUnsafe(CAPACITY);
  private at = 0;
  private readonly indexes = new Map<JournalSource, number>();
  private readonly table: Buffer[] = [];
  /** Records by source index. */
  private readonly records: number[] = [];
  private latest: JournalSource | undefined;
  private latestIndex = 0;
  private baseMicros: Micros = 0;
  count = 0;

  get bytes(): number {
    return this.at;
  }

  /** False when the record belongs in the next block: this one would grow over a limit of the format. */
  fits(source: JournalSource, length: number, stamp: Micros): boolean {
    if (this.at + RECORD_HEADER_BYTES + length > CAPACITY) return false;
    if (this.count > 0 && stamp - this.baseMicros > MAX_DELTA) return false;
    return source === this.latest || this.indexes.has(source) || this.indexes.size < MAX_SOURCES;
  }

  append(source: JournalSource, raw: Uint8Array, flags: number, stamp: Micros): void {
    if (this.count === 0) this.baseMicros = stamp;
    // Records come in runs of one source.
    if (source !== this.latest) {
      this.latest = source;
      this.latestIndex = this.indexes.get(source) ?? this.addSource(source);
    }
    const index = this.latestIndex;
    const body = this.body;
    const at = this.at;
    body.writeUInt32LE(raw.length, at);
    body.writeUInt32LE(stamp - this.baseMicros, at + 4);
    body.writeUInt16LE(index, at + 8);
    body.writeUInt8(flags, at + 10);
    body.set(raw, at + RECORD_HEADER_BYTES);
    this.records[index] = (this.records[index] as number) + 1;
    this.at = at + RECORD_HEADER_BYTES + raw.length;
    this.count += 1;
  }

  /** The block as pieces for one writev; they stay valid until `reset`. */
  finish(firstSequence: number, salt: number): Buffer[] {
    const head = Buffer.allocUnsafe(2);
    head.writeUInt16LE(this.indexes.size, 0);
    const table = Buffer.concat([head, ...this.table]);
    const body = this.body.subarray(0, this.at);
    const header = encodeBlockHeader(
      {
        type: BLOCK_RECORDS,
        payloadLength: table.length + body.length,
        count: this.count,
        firstSequence,
        baseMicros: this.baseMicros,
        payloadCrc: crc32(body, crc32(table)),
      },
      salt,
    );
    return [header, table, body];
  }

  /** How many records each source has in the block. */
  get tallies(): readonly SourceRecords[] {
    return [...this.indexes].map(([source, index]) => ({ source, records: this.records[index] as number }));
  }

  reset(): void {
    this.at = 0;
    this.count = 0;
    this.indexes.clear();
    this.table.length = 0;
    this.records.length = 0;
    this.latest = undefined;
  }

  private addSource(source: JournalSource): number {
    const index = this.indexes.size;
    this.indexes.set(source, index);
    this.records.push(0);
    const { identity } = source;
    const head = Buffer.allocUnsafe(3);
    head.writeUInt8(TRANSPORTS.indexOf(source.transport) | (identity === undefined ? 0 : IDENTITY_FOLLOWS), 0);
    head.writeUInt16LE(source.port, 1);
    this.table.push(head, lengthAndText(source.address));
    if (identity !== undefined) this.table.push(lengthAndText(identity));
    return index;
  }
}

function lengthAndText(text: string): Buffer {
  const bytes = Buffer.from(text.slice(0, TEXT_MAX), 'latin1');
  return Buffer.concat([Buffer.of(bytes.length), bytes]);
}
