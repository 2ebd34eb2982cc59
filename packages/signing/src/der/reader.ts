/**
 * A strict reader of DER (X.690 § 10): definite lengths in their shortest form, low tag numbers only, nothing behind
 * the outermost value. Whatever else BER would allow is refused, so that a changed byte can't hide in an alternative
 * encoding. All refusals are DerError.
 */

export class DerError extends Error {
  override readonly name = 'DerError';
}

export const TAG = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  null: 0x05,
  oid: 0x06,
  utf8String: 0x0c,
  utcTime: 0x17,
  generalizedTime: 0x18,
  sequence: 0x30,
  set: 0x31,
} as const;

/** `[n]`: constructed (explicit, or implicit over a constructed type) unless told otherwise. */
export function contextTag(n: number, constructed = true): number {
  return (constructed ? 0xa0 : 0x80) | n;
}

/** Values inside values that one token or certificate may nest. Theirs are about ten deep. */
const MAX_DEPTH = 32;

/** One value: its tag, its content and the whole encoding, both views of the input. */
export class DerNode {
  readonly tag: number;
  readonly content: Buffer;
  readonly encoded: Buffer;

  constructor(tag: number, content: Buffer, encoded: Buffer) {
    this.tag = tag;
    this.content = content;
    this.encoded = encoded;
  }

  /** The values inside a constructed one, as a cursor that must be read to its end. */
  open(tag: number = this.tag): DerCursor {
    if (this.tag !== tag || (tag & 0x20) === 0) throw new DerError(`expected tag ${tag}, found ${this.tag}`);
    return new DerCursor(this.content);
  }

  expect(tag: number): this {
    if (this.tag !== tag) throw new DerError(`expected tag ${tag}, found ${this.tag}`);
    return this;
  }
}

/** Reads the values of one content octet string in order. */
export class DerCursor {
  readonly #bytes: Buffer;
  #at = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  get atEnd(): boolean {
    return this.#at === this.#bytes.length;
  }

  next(tag?: number): DerNode {
    const node = readNode(this.#bytes, this.#at);
    if (tag !== undefined) node.expect(tag);
    this.#at += node.encoded.length;
    return node;
  }

  /** The next value when it has this tag. */
  optional(tag: number): DerNode | undefined {
    return this.#bytes[this.#at] === tag ? this.next(tag) : undefined;
  }

  rest(): DerNode[] {
    const nodes: DerNode[] = [];
    while (!this.atEnd) nodes.push(this.next());
    return nodes;
  }

  end(): void {
    if (!this.atEnd) throw new DerError('unexpected bytes behind the last value');
  }
}

/** The one value that the bytes hold; checks every nested length too. */
export function readDer(bytes: Uint8Array): DerNode {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const node = readNode(buffer, 0);
  if (node.encoded.length !== buffer.length) throw new DerError('unexpected bytes behind the last value');
  checkNested(node, 0);
  return node;
}

function checkNested(node: DerNode, depth: number): void {
  if (depth > MAX_DEPTH) throw new DerError('nested too deeply');
  if ((node.tag & 0x20) === 0) return;
  for (const child of node.open().rest()) checkNested(child, depth + 1);
}

function readNode(bytes: Buffer, at: number): DerNode {
  const tag = bytes[at];
  const first = bytes[at + 1];
  if (tag === undefined || first === undefined) throw new DerError('cut off');
  if ((tag & 0x1f) === 0x1f) throw new DerError('tag number over 30');
  let length = first;
  let header = 2;
  if (first >= 0x80) {
    const octets = first & 0x7f;
    if (octets === 0 || octets > 4) throw new DerError('length is not definite, or over 4 GiB');
    if (at + 2 + octets > bytes.length) throw new DerError('cut off');
    length = bytes.readUIntBE(at + 2, octets);
    if (length < 0x80 || length < 2 ** (8 * (octets - 1))) throw new DerError('length is not in its shortest form');
    header += octets;
  }
  const end = at + header + length;
  if (end > bytes.length) throw new DerError('cut off');
  return new DerNode(tag, bytes.subarray(at + header, end), bytes.subarray(at, end));
}
