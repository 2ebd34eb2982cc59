import { constants, zstdCompressSync } from 'node:zlib';
import { ZstdCompressor } from '@logmaster/core/zstd-compressor';
import { recycle } from './byte-writer.ts';
import { encodeStruct, i32, Struct, struct } from './thrift.ts';

/** zstd's levels beyond 1 gain little here: codes are packed already, and raw text is in the segments too. */
const LEVEL = 1;
/** Smaller pages are compressed at once, larger ones in the thread pool. */
const SYNC_BYTES = 32 * 1024;
/** A page of fewer bytes gains nothing. */
const LEAST_BYTES = 64;

const PARAMS = { params: { [constants.ZSTD_c_compressionLevel]: LEVEL } };
/** As many as pages are compressed at a time. */
const compressors = [new ZstdCompressor({ level: LEVEL }), new ZstdCompressor({ level: LEVEL })];
let turn = 0;

export const Codec = { none: 0, zstd: 6 } as const;
export type Codec = (typeof Codec)[keyof typeof Codec];
export const Encoding = { plain: 0, rle: 3, delta: 5, dictionary: 8 } as const;
export type Encoding = (typeof Encoding)[keyof typeof Encoding];

export interface Page {
  readonly bytes: Uint8Array;
  readonly values: number;
  readonly encoding: Encoding;
  readonly isDictionary: boolean;
}

export interface FinishedPage {
  readonly header: Buffer;
  readonly body: Uint8Array;
  /** Header and body, the latter before compression. */
  readonly uncompressedBytes: number;
}

/** One codec for all pages of a column chunk. */
export function chooseCodec(pages: readonly Page[]): Codec {
  return pages.reduce((sum, { bytes }) => sum + bytes.length, 0) < LEAST_BYTES ? Codec.none : Codec.zstd;
}

export async function finishPage(page: Page, codec: Codec): Promise<FinishedPage> {
  const { bytes } = page;
  const body =
    codec === Codec.none
      ? bytes
      : bytes.length < SYNC_BYTES
        ? // Told the length, zstd takes no more memory than that asks for.
          zstdCompressSync(bytes, { ...PARAMS, pledgedSrcSize: bytes.length })
        : await compressInPool(bytes);
  const header = encodeStruct(new Struct(headerFields(page, body.length)));
  if (body !== bytes) recycle(bytes);
  return { header, body, uncompressedBytes: header.length + bytes.length };
}

function compressInPool(bytes: Uint8Array): Promise<Buffer> {
  turn = (turn + 1) % compressors.length;
  return (compressors[turn] as ZstdCompressor).compress(bytes);
}

/** PageHeader of parquet.thrift. */
function headerFields({ bytes, values, encoding, isDictionary }: Page, compressed: number) {
  const common = [i32(1, isDictionary ? 2 : 0), i32(2, bytes.length), i32(3, compressed)];
  if (isDictionary) return [...common, struct(7, [i32(1, values), i32(2, Encoding.plain)])];
  return [...common, struct(5, [i32(1, values), i32(2, encoding), i32(3, Encoding.rle), i32(4, Encoding.rle)])];
}
