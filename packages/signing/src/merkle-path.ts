import { merkleRoot, nodeHash } from './merkle.ts';

/** Audit paths of RFC 6962 § 2.1.1: the sibling hashes from a leaf up to the root, nearest first. */

/** Path of the leaf at `index` among all leaf hashes of a tree. Throws RangeError when there is no such leaf. */
export function auditPath(leaves: readonly Uint8Array[], index: number): Buffer[] {
  if (!Number.isInteger(index) || index < 0 || index >= leaves.length) {
    throw new RangeError(`no leaf ${index} in a tree of ${leaves.length}`);
  }
  const path: Buffer[] = [];
  let [from, to] = [0, leaves.length];
  while (to - from > 1) {
    const middle = from + splitPoint(to - from);
    if (index < middle) {
      path.push(merkleRoot(leaves.slice(middle, to)));
      to = middle;
    } else {
      path.push(merkleRoot(leaves.slice(from, middle)));
      from = middle;
    }
  }
  return path.reverse();
}

export interface AuditProof {
  /** Hash of the leaf, 32 bytes. */
  readonly leaf: Uint8Array;
  readonly index: number;
  readonly size: number;
  readonly path: readonly Uint8Array[];
  readonly root: Uint8Array;
}

/**
 * True when the path leads from the leaf to the root. Whether a sibling stands left or right follows from index and
 * size alone (RFC 9162 § 2.1.3.2), so a proof can't claim another place than its own.
 */
export function verifyAuditPath({ leaf, index, size, path, root }: AuditProof): boolean {
  if (!Number.isSafeInteger(size) || !Number.isInteger(index) || index < 0 || index >= size) return false;
  let [at, last] = [index, size - 1];
  let node: Uint8Array = leaf;
  for (const sibling of path) {
    if (last === 0) return false;
    if (at % 2 === 1 || at === last) {
      node = nodeHash(sibling, node);
      while (at % 2 === 0 && at !== 0) [at, last] = [Math.floor(at / 2), Math.floor(last / 2)];
    } else {
      node = nodeHash(node, sibling);
    }
    [at, last] = [Math.floor(at / 2), Math.floor(last / 2)];
  }
  return last === 0 && Buffer.compare(node, root) === 0;
}

/** Largest power of two smaller than n, for n ≥ 2. */
function splitPoint(n: number): number {
  let k = 1;
  while (k * 2 < n) k *= 2;
  return k;
}
