/** For tests: a small MaxMind DB file, written by the specification, so that none of somebody's is needed. */

export type Json = string | number | boolean | { readonly [key: string]: Json } | readonly Json[];

interface Node {
  children: [Node | undefined, Node | undefined];
  record?: number;
}

function field(type: number, size: number, payload: Buffer): Buffer {
  const short = Math.min(size, 29);
  const head = type > 7 ? [short, type - 7] : [(type << 5) | short];
  if (size >= 285) throw new RangeError('too long for a test');
  return Buffer.concat([Buffer.from(size < 29 ? head : [...head, size - 29]), payload]);
}

/** Data section encoding of a value. */
export function encodeValue(value: Json): Buffer {
  if (typeof value === 'string') {
    const bytes = Buffer.from(value);
    return field(2, bytes.length, bytes);
  }
  if (typeof value === 'boolean') return field(14, value ? 1 : 0, Buffer.alloc(0));
  if (typeof value === 'number') {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32BE(value);
    return field(6, 4, bytes);
  }
  if (Array.isArray(value)) return field(11, value.length, Buffer.concat(value.map(encodeValue)));
  const entries = Object.entries(value as { readonly [key: string]: Json });
  return field(7, entries.length, Buffer.concat(entries.flatMap(([key, one]) => [encodeValue(key), encodeValue(one)])));
}

export interface MmdbNetwork {
  /** 4 or 16 bytes. */
  readonly address: Uint8Array;
  readonly bits: number;
  readonly record: Json;
}

/** Networks must not overlap. In a tree of IPv6, IPv4 networks are put under ::/96. */
export function buildMmdb(
  networks: readonly MmdbNetwork[],
  { recordBits = 24, version = 6 }: { recordBits?: 24 | 28 | 32; version?: 4 | 6 } = {},
): Buffer {
  const root: Node = { children: [undefined, undefined] };
  const data: Buffer[] = [];
  let length = 0;
  for (const { address, bits, record } of networks) {
    const padded =
      version === 6 && address.length === 4 ? [...new Array<number>(12).fill(0), ...address] : [...address];
    const depth = bits + (padded.length - address.length) * 8;
    let node = root;
    for (let bit = 0; bit < depth; bit++) {
      const side = (((padded[bit >> 3] as number) >> (7 - (bit & 7))) & 1) as 0 | 1;
      node.children[side] ??= { children: [undefined, undefined] };
      node = node.children[side];
    }
    node.record = length;
    const bytes = encodeValue(record);
    data.push(bytes);
    length += bytes.length;
  }
  const nodes: Node[] = [];
  const collect = (node: Node): void => {
    nodes.push(node);
    for (const child of node.children) if (child !== undefined && child.record === undefined) collect(child);
  };
  collect(root);
  const places = new Map(nodes.map((node, index) => [node, index]));
  const placeOf = (child: Node | undefined): number =>
    child === undefined
      ? nodes.length
      : child.record === undefined
        ? (places.get(child) as number)
        : nodes.length + 16 + child.record;
  const tree = nodes.map(({ children: [left, right] }) => nodeBytes(placeOf(left), placeOf(right), recordBits));
  const metadata = {
    node_count: nodes.length,
    record_size: recordBits,
    ip_version: version,
    database_type: 'Test',
    languages: ['en'],
    binary_format_major_version: 2,
    binary_format_minor_version: 0,
    build_epoch: 1_700_000_000,
    description: { en: 'made by a test' },
  };
  const marker = Buffer.from('\xab\xcd\xefMaxMind.com', 'latin1');
  return Buffer.concat([...tree, Buffer.alloc(16), ...data, marker, encodeValue(metadata)]);
}

function nodeBytes(left: number, right: number, recordBits: 24 | 28 | 32): Buffer {
  const bytes = Buffer.alloc(recordBits / 4);
  if (recordBits === 32) {
    bytes.writeUInt32BE(left, 0);
    bytes.writeUInt32BE(right, 4);
    return bytes;
  }
  bytes.writeUIntBE(left & 0xff_ffff, 0, 3);
  bytes.writeUIntBE(right & 0xff_ffff, recordBits === 24 ? 3 : 4, 3);
  if (recordBits === 28) bytes[3] = ((left >>> 24) << 4) | (right >>> 24);
  return bytes;
}
