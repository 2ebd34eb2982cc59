import { DataSection, MmdbError, type MmdbValue } from './decode.ts';

/** Stands before the metadata, within the last 128 KiB of the file. */
const MARKER = Buffer.from('\xab\xcd\xefMaxMind.com', 'latin1');
const METADATA_ROOM = 128 * 1024;
/** Zero bytes between tree and data. */
const SEPARATOR = 16;
const V6_BITS = 128;
const V4_BITS = 32;

/** A search tree over addresses with a record for each network (MaxMind DB File Format Specification 2.0). */
export interface Mmdb {
  /** As the file says: `GeoLite2-Country`, … */
  readonly type: string;
  /** When it was made, seconds since 1970. */
  readonly built: number;
  /**
   * The record of the network that holds an address of 4 or 16 bytes; undefined where there is none. Throws MmdbError
   * where the file is damaged.
   */
  find(address: Uint8Array): MmdbValue | undefined;
}

/** @param file the whole file; must not change. Throws MmdbError when it is no such file or not whole. */
export function openMmdb(file: Uint8Array): Mmdb {
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.byteLength);
  const marker = bytes.lastIndexOf(MARKER);
  if (marker < 0 || marker < bytes.length - METADATA_ROOM) throw new MmdbError('no MaxMind DB file, or cut at its end');
  const metadata = new DataSection(bytes.subarray(marker + MARKER.length)).read(0) as Record<string, MmdbValue>;
  const number = (name: string): number => {
    const value = metadata[name];
    if (typeof value !== 'number' && typeof value !== 'bigint') throw new MmdbError(`the metadata lacks ${name}`);
    return Number(value);
  };
  const nodes = number('node_count');
  const recordBits = number('record_size');
  const version = number('ip_version');
  if (number('binary_format_major_version') !== 2) throw new MmdbError('another version of the format');
  if (![24, 28, 32].includes(recordBits)) throw new MmdbError(`records of ${recordBits} bits`);
  if (version !== 4 && version !== 6) throw new MmdbError(`addresses of version ${version}`);
  const treeBytes = nodes * (recordBits / 4);
  if (treeBytes + SEPARATOR > marker) throw new MmdbError('its tree is longer than the file');
  const data = new DataSection(bytes.subarray(treeBytes + SEPARATOR, marker));
  const child = childReader(bytes, recordBits);

  function walk(from: number, address: Uint8Array, bits: number): number {
    let node = from;
    for (let bit = 0; bit < bits && node < nodes; bit++)
      node = child(node, ((address[bit >> 3] as number) >> (7 - (bit & 7))) & 1);
    return node;
  }

  // Of a tree of IPv6, IPv4 is ::/96.
  const v4Start = version === 6 ? walk(0, new Uint8Array(12), V6_BITS - V4_BITS) : 0;
  return {
    type: String(metadata.database_type ?? ''),
    built: Number(metadata.build_epoch ?? 0),
    find(address) {
      if (address.length === 16 && version === 4) return undefined;
      const node = address.length === 4 ? walk(v4Start, address, V4_BITS) : walk(0, address, V6_BITS);
      if (node === nodes) return undefined;
      if (node < nodes) throw new MmdbError('its tree has no end');
      return data.read(node - nodes - SEPARATOR);
    },
  };
}

/** The left (0) or right (1) record of a node, of 24, 28 or 32 bits. */
function childReader(bytes: Buffer, recordBits: number): (node: number, side: number) => number {
  if (recordBits === 24) return (node, side) => bytes.readUIntBE(node * 6 + side * 3, 3);
  if (recordBits === 32) return (node, side) => bytes.readUInt32BE(node * 8 + side * 4);
  return (node, side) => {
    const at = node * 7;
    const middle = bytes[at + 3] as number;
    return side === 0
      ? (middle >> 4) * 0x100_0000 + bytes.readUIntBE(at, 3)
      : (middle & 15) * 0x100_0000 + bytes.readUIntBE(at + 4, 3);
  };
}
