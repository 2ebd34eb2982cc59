import { hash } from 'node:crypto';

/**
 * Merkle trees of RFC 6962 § 2.1 over SHA-256.
 *
 *   leaf = SHA-256(0x00 || data)      node = SHA-256(0x01 || left || right)      empty tree = SHA-256('')
 *
 * The left subtree of n leaves holds the largest power of two smaller than n, so a tree of any size is described by
 * its peaks: the roots of the full subtrees that its size's binary digits name, largest first. That is all that
 * appending needs: at most 53 hashes, whatever the size.
 */

const LEAF_PREFIX = Buffer.of(0);
const NODE_PREFIX = Buffer.of(1);
const HASH_BYTES = 32;

/** Hash of one leaf's data, e.g. of a record line without its LF. 32 bytes. */
export function leafHash(data: Uint8Array): Buffer {
  return hash('sha256', Buffer.concat([LEAF_PREFIX, data]), 'buffer');
}

/** Hash of an inner node from its two children's hashes. 32 bytes. */
export function nodeHash(left: Uint8Array, right: Uint8Array): Buffer {
  return hash('sha256', Buffer.concat([NODE_PREFIX, left, right]), 'buffer');
}

/** What a tree needs to go on growing after a restart. */
export interface MerkleState {
  readonly size: number;
  /** Hex of the full subtrees' roots, largest first: as many as `size` has ones in binary. */
  readonly peaks: readonly string[];
}

/**
 * The hash of the leaf whose data is bytes[from, to), written over bytes[from − 1], which is put back: so the prefix
 * needs no copy of the data. As `latin1` text, because Node makes that in half the time of a buffer.
 */
export function leafHashInPlace(bytes: Buffer, from: number, to: number): string {
  const before = bytes[from - 1] as number;
  bytes[from - 1] = 0;
  const leaf = hash('sha256', bytes.subarray(from - 1, to), 'binary');
  bytes[from - 1] = before;
  return leaf;
}

const RIGHT = NODE_PREFIX.length + HASH_BYTES;

/** A tree that only grows; holds O(log n) hashes. */
export class MerkleTree {
  #size = 0;
  /**
   * By height: 0x01, left, right of the node that waits there for its right child. The left one is the peak of this
   * height wherever `size` has that binary digit.
   */
  readonly #nodes: Buffer[] = [];

  /** Throws RangeError when size and peaks don't belong together. */
  static restore({ size, peaks }: MerkleState): MerkleTree {
    const tree = new MerkleTree();
    tree.#size = size;
    const heights = Number.isSafeInteger(size) && size >= 0 ? heightsOf(size) : undefined;
    const hashes = peaks.map((peak) => Buffer.from(peak, 'hex'));
    if (heights?.length !== hashes.length || hashes.some(({ length }) => length !== HASH_BYTES)) {
      throw new RangeError(`no Merkle tree of ${size} leaves has ${peaks.length} such peaks`);
    }
    for (const [index, height] of heights.entries())
      tree.#node(height).set(hashes[index] as Buffer, NODE_PREFIX.length);
    return tree;
  }

  get size(): number {
    return this.#size;
  }

  get state(): MerkleState {
    return { size: this.#size, peaks: this.#peaks.map((peak) => peak.toString('hex')) };
  }

  /** Appends the hash of the next leaf (`leafHash` of its data; 32 bytes). */
  append(leaf: Uint8Array): void {
    this.appendLatin1(Buffer.from(leaf.buffer, leaf.byteOffset, leaf.byteLength).toString('latin1'));
  }

  /** The same with the leaf's hash as latin1 text. */
  appendLatin1(leaf: string): void {
    let hashed = leaf;
    let height = 0;
    // Each one at the end of the old size's binary digits is a full subtree of the same height: merge it.
    for (let rest = this.#size; rest % 2 === 1; rest = (rest - 1) / 2) {
      const node = this.#node(height++);
      node.write(hashed, RIGHT, HASH_BYTES, 'latin1');
      hashed = hash('sha256', node, 'binary');
    }
    this.#node(height).write(hashed, NODE_PREFIX.length, HASH_BYTES, 'latin1');
    this.#size += 1;
  }

  /** Root of the tree as it is now, 32 bytes. The tree can go on growing. */
  root(): Buffer {
    const peaks = this.#peaks;
    const last = peaks.pop();
    if (last === undefined) return hash('sha256', '', 'buffer');
    return peaks.reduceRight((root, peak) => nodeHash(peak, root), Buffer.from(last));
  }

  /** Largest first. Views: the next leaf may write over them. */
  get #peaks(): Buffer[] {
    return heightsOf(this.#size).map((height) => this.#node(height).subarray(NODE_PREFIX.length, RIGHT));
  }

  #node(height: number): Buffer {
    let node = this.#nodes[height];
    if (node === undefined) {
      node = Buffer.concat([NODE_PREFIX, Buffer.alloc(2 * HASH_BYTES)]);
      this.#nodes[height] = node;
    }
    return node;
  }
}

/** Root over leaf hashes given at once. */
export function merkleRoot(leaves: Iterable<Uint8Array>): Buffer {
  const tree = new MerkleTree();
  for (const leaf of leaves) tree.append(leaf);
  return tree.root();
}

/** Heights of the full subtrees of a tree, largest first: the places of the ones in its size. */
function heightsOf(size: number): number[] {
  const heights: number[] = [];
  for (let rest = size, height = 0; rest > 0; rest = Math.floor(rest / 2), height++) {
    if (rest % 2 === 1) heights.unshift(height);
  }
  return heights;
}
