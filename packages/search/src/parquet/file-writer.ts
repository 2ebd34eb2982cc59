import { type FileHandle, open } from 'node:fs/promises';
import { type Codec, chooseCodec, Encoding, type FinishedPage, finishPage, type Page } from './pages.ts';
import { binary, encodeStruct, type Field, i32, i64, list, Struct, struct, Type, text } from './thrift.ts';

/** Parquet files (apache/parquet-format README.md, parquet.thrift): row groups are written as they come, then the footer. */

export const MAGIC = Buffer.from('PAR1', 'latin1');
const CREATED_BY = 'logmaster';

export const PhysicalType = { int32: 1, int64: 2, byteArray: 6 } as const;
export type PhysicalType = (typeof PhysicalType)[keyof typeof PhysicalType];

/** A leaf of the schema. */
export interface LeafColumn {
  readonly path: readonly string[];
  readonly type: PhysicalType;
}

/** What a file holds: all schema elements depth first, and its leaves in the same order. */
export interface FileSchema {
  readonly elements: readonly Struct[];
  readonly leaves: readonly LeafColumn[];
}

/** One leaf's pages in one row group, not yet compressed. */
export interface ColumnPages {
  readonly pages: readonly Page[];
  /** Entries of the level streams, nulls included. */
  readonly values: number;
  readonly nulls: number;
  /** As PLAIN writes them, without the length of texts; left out when they are long, or there are none. */
  readonly least?: Uint8Array | undefined;
  readonly most?: Uint8Array | undefined;
}

interface Chunk {
  readonly pages: readonly FinishedPage[];
  readonly codec: Codec;
}

export class ParquetFileWriter {
  readonly #handle: FileHandle;
  readonly #schema: FileSchema;
  readonly #groups: Struct[] = [];
  #rows = 0;
  #at = 0;

  private constructor(handle: FileHandle, schema: FileSchema) {
    this.#handle = handle;
    this.#schema = schema;
  }

  static async create(path: string, schema: FileSchema): Promise<ParquetFileWriter> {
    const writer = new ParquetFileWriter(await open(path, 'wx', 0o640), schema);
    await writer.#write([MAGIC]);
    return writer;
  }

  async writeRowGroup(rows: number, columns: readonly ColumnPages[]): Promise<void> {
    const chunks = await Promise.all(
      columns.map(async ({ pages }): Promise<Chunk> => {
        const codec = chooseCodec(pages);
        return { codec, pages: await Promise.all(pages.map((page) => finishPage(page, codec))) };
      }),
    );
    const start = this.#at;
    const metadata: Struct[] = [];
    let uncompressed = 0;
    const pieces: Uint8Array[] = [];
    for (const [index, chunk] of chunks.entries()) {
      const column = columns[index] as ColumnPages;
      const leaf = this.#schema.leaves[index] as LeafColumn;
      metadata.push(chunkMetadata(leaf, column, chunk, this.#at));
      for (const page of chunk.pages) {
        pieces.push(page.header, page.body);
        this.#at += page.header.length + page.body.length;
        uncompressed += page.uncompressedBytes;
      }
    }
    await this.#write(pieces, false);
    this.#groups.push(
      new Struct([
        list(1, Type.struct, metadata),
        i64(2, uncompressed),
        i64(3, rows),
        i64(5, start),
        i64(6, this.#at - start),
      ]),
    );
    this.#rows += rows;
  }

  /** Writes the footer and closes the file; it is not yet durable. */
  async finish(): Promise<void> {
    const footer = encodeFooter(this.#schema.elements, this.#rows, this.#groups, this.#schema.leaves.length);
    await this.#write([footer]);
    await this.#handle.close();
  }

  async abandon(): Promise<void> {
    await this.#handle.close();
  }

  async #write(pieces: readonly Uint8Array[], counted = true): Promise<void> {
    const length = pieces.reduce((sum, piece) => sum + piece.length, 0);
    const { bytesWritten } = await this.#handle.writev(pieces as Uint8Array[]);
    if (bytesWritten < length) await this.#writeRest(Buffer.concat(pieces).subarray(bytesWritten));
    if (counted) this.#at += length;
  }

  /** writev takes 1024 pieces or 2 GiB, and less on a disk that is nearly full. */
  async #writeRest(rest: Buffer): Promise<void> {
    for (let done = 0; done < rest.length; ) {
      done += (await this.#handle.write(rest, done, rest.length - done)).bytesWritten;
    }
  }
}

/** The footer with its length and the closing magic. */
export function encodeFooter(
  elements: readonly Struct[],
  rows: number,
  groups: readonly Struct[],
  leaves: number,
): Buffer {
  const metadata = encodeStruct(
    new Struct([
      i32(1, 1),
      list(2, Type.struct, [...elements]),
      i64(3, rows),
      list(4, Type.struct, [...groups]),
      binary(6, text(CREATED_BY)),
      // TypeDefinedOrder: minima and maxima of texts compare as unsigned bytes.
      list(
        7,
        Type.struct,
        Array.from({ length: leaves }, () => new Struct([struct(1, [])])),
      ),
    ]),
  );
  const length = Buffer.alloc(4);
  length.writeUInt32LE(metadata.length);
  return Buffer.concat([metadata, length, MAGIC]);
}

/** ColumnChunk of parquet.thrift. */
function chunkMetadata(leaf: LeafColumn, column: ColumnPages, { pages, codec }: Chunk, start: number): Struct {
  const first = pages[0] as FinishedPage;
  const hasDictionary = column.pages[0]?.isDictionary === true;
  const dataStart = hasDictionary ? start + first.header.length + first.body.length : start;
  const encodings = new Set<number>([Encoding.rle, ...column.pages.map(({ encoding }) => encoding)]);
  if (hasDictionary) encodings.add(Encoding.plain);
  const fields: Field[] = [
    i32(1, leaf.type),
    list(2, Type.i32, [...encodings]),
    list(3, Type.binary, leaf.path.map(text)),
    i32(4, codec),
    i64(5, column.values),
    i64(
      6,
      pages.reduce((sum, page) => sum + page.uncompressedBytes, 0),
    ),
    i64(
      7,
      pages.reduce((sum, page) => sum + page.header.length + page.body.length, 0),
    ),
    i64(9, dataStart),
  ];
  if (hasDictionary) fields.push(i64(11, start));
  fields.push(struct(12, statistics(column)));
  return new Struct([i64(2, start), struct(3, fields)]);
}

function statistics({ nulls, least, most }: ColumnPages): Field[] {
  const fields = [i64(3, nulls)];
  if (most !== undefined && least !== undefined) fields.push(binary(5, most), binary(6, least));
  return fields;
}
