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

/** A tree that only grows; holds O(log n) hashes. */
export class MerkleTree {
  #size = 0;
  #peaks: Buffer[] = [];
  /** 0x01, left, right: what a node's hash is taken of. */
  readonly #node = Buffer.concat([NODE_PREFIX, Buffer.alloc(2 * HASH_BYTES)]);

  /** Throws RangeError when size and peaks don't belong together. */
  static restore(state: MerkleState): MerkleTree {
    const tree = new MerkleTree();
    tree.#size = state.size;
    tree.#peaks = state.peaks.map((peak) => Buffer.from(peak, 'hex'));
    const ones = Number.isSafeInteger(state.size) && state.size >= 0 ? countOnes(state.size) : -1;
    if (tree.#peaks.length !== ones || tree.#peaks.some((peak) => peak.length !== HASH_BYTES)) {
      throw new RangeError(`no Merkle tree of ${state.size} leaves has ${state.peaks.length} such peaks`);
    }
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
    // Each one at the end of the old size's binary digits is a full subtree of the same height: merge it.
    for (let rest = this.#size; rest % 2 === 1; rest = (rest - 1) / 2) {
      this.#node.set(this.#peaks.pop() as Buffer, NODE_PREFIX.length);
      this.#node.write(hashed, NODE_PREFIX.length + HASH_BYTES, HASH_BYTES, 'latin1');
      hashed = hash('sha256', this.#node, 'binary');
    }
    this.#peaks.push(Buffer.from(hashed, 'latin1'));
    this.#size += 1;
  }

  /** Root of the tree as it is now, 32 bytes. The tree can go on growing. */
  root(): Buffer {
    let root = this.#peaks.at(-1);
    if (!root) return hash('sha256', '', 'buffer');
    for (let i = this.#peaks.length - 2; i >= 0; i--) root = nodeHash(this.#peaks[i] as Buffer, root);
    return root;
  }
}

/** Root over leaf hashes given at once. */
export function merkleRoot(leaves: Iterable<Uint8Array>): Buffer {
  const tree = new MerkleTree();
  for (const leaf of leaves) tree.append(leaf);
  return tree.root();
}

function countOnes(size: number): number {
  let ones = 0;
  for (let rest = size; rest > 0; rest = Math.floor(rest / 2)) ones += rest % 2;
  return ones;
}
