import fc from 'fast-check';
import { expect, test } from 'vitest';
import { leafHash, leafHashInPlace, MerkleTree, merkleRoot, nodeHash } from './merkle.ts';
import { auditPath, verifyAuditPath } from './merkle-path.ts';

/** Inputs and roots of certificate-transparency's own reference tests (merkletree/merkle_tree_test.cc). */
const INPUTS = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f'];
const ROOTS = [
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
];
const PATHS = [
  {
    index: 0,
    size: 8,
    path: [
      '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7',
      '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
      '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4',
    ],
  },
  {
    index: 5,
    size: 8,
    path: [
      'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
      'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
      'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    ],
  },
  { index: 2, size: 3, path: ['fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125'] },
];
const LEAVES = INPUTS.map((input) => leafHash(Buffer.from(input, 'hex')));

test('roots of the reference tree are the published ones, at every size', () => {
  const tree = new MerkleTree();
  expect(tree.root().toString('hex')).toBe(ROOTS[0]);
  for (const [index, leaf] of LEAVES.entries()) {
    tree.append(leaf);
    expect(tree.root().toString('hex')).toBe(ROOTS[index + 1]);
  }
  expect(tree.size).toBe(8);
});

test.each(PATHS)('the published path of leaf $index in $size', ({ index, size, path }) => {
  expect(auditPath(LEAVES.slice(0, size), index).map((hash) => hash.toString('hex'))).toEqual(path);
});

/** The definition of RFC 6962 § 2.1, word for word. */
function definedRoot(leaves: readonly Buffer[]): Buffer {
  if (leaves.length <= 1) return leaves[0] ?? merkleRoot([]);
  let k = 1;
  while (k * 2 < leaves.length) k *= 2;
  return nodeHash(definedRoot(leaves.slice(0, k)), definedRoot(leaves.slice(k)));
}

const someLeaves = fc
  .array(fc.uint8Array({ maxLength: 8 }), { minLength: 1, maxLength: 70 })
  .map((list) => list.map(leafHash));

test('growing leaf by leaf gives the root of the recursive definition', () => {
  fc.assert(fc.property(someLeaves, (leaves) => merkleRoot(leaves).equals(definedRoot(leaves))));
});

test('a tree goes on from its stored state', () => {
  fc.assert(
    fc.property(someLeaves, fc.nat(), (leaves, cut) => {
      const tree = new MerkleTree();
      for (const leaf of leaves.slice(0, cut % leaves.length)) tree.append(leaf);
      const restored = MerkleTree.restore(JSON.parse(JSON.stringify(tree.state)));
      for (const leaf of leaves.slice(cut % leaves.length)) restored.append(leaf);
      expect(restored.root()).toEqual(merkleRoot(leaves));
      expect(restored.state.peaks.length).toBeLessThanOrEqual(7);
    }),
  );
});

test.each([
  { size: 3, peaks: ['00'.repeat(32)] },
  { size: 1, peaks: ['00'] },
  { size: -1, peaks: [] },
  { size: 1.5, peaks: ['00'.repeat(32)] },
])('a state that no tree has is refused: %j', (state) => {
  expect(() => MerkleTree.restore(state)).toThrow(RangeError);
});

test('every path verifies, and none does for another leaf, index, size, path or root', () => {
  fc.assert(
    fc.property(someLeaves, fc.nat(), fc.nat(), (leaves, at, flip) => {
      const index = at % leaves.length;
      const proof = {
        leaf: leaves[index] as Buffer,
        index,
        size: leaves.length,
        path: auditPath(leaves, index),
        root: merkleRoot(leaves),
      };
      const changed = (hash: Buffer) => {
        const copy = Buffer.from(hash);
        copy[flip % 32] = (copy[flip % 32] as number) ^ 1;
        return copy;
      };
      expect(verifyAuditPath(proof)).toBe(true);
      expect(verifyAuditPath({ ...proof, leaf: changed(proof.leaf) })).toBe(false);
      expect(verifyAuditPath({ ...proof, root: changed(proof.root) })).toBe(false);
      expect(verifyAuditPath({ ...proof, index: leaves.length })).toBe(false);
      expect(verifyAuditPath({ ...proof, path: [...proof.path, proof.root] })).toBe(false);
      for (const [i, hash] of proof.path.entries()) {
        expect(verifyAuditPath({ ...proof, path: proof.path.with(i, changed(hash)) })).toBe(false);
        expect(verifyAuditPath({ ...proof, path: proof.path.toSpliced(i, 1) })).toBe(false);
      }
    }),
  );
});

test('a proof holds at its own index only', () => {
  for (let size = 2; size <= 8; size++) {
    const leaves = LEAVES.slice(0, size);
    for (let index = 0; index < size; index++) {
      const proof = { leaf: leaves[index] as Buffer, size, path: auditPath(leaves, index), root: merkleRoot(leaves) };
      const holding = Array.from({ length: size }, (_, at) => at).filter((at) =>
        verifyAuditPath({ ...proof, index: at }),
      );
      expect(holding).toEqual([index]);
    }
  }
});

test('a leaf hashed in place is the same, and the byte before it stays', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 1, maxLength: 300 }), (data) => {
      const bytes = Buffer.from(data);
      expect(Buffer.from(leafHashInPlace(bytes, 1, bytes.length), 'latin1')).toEqual(leafHash(data.subarray(1)));
      expect(bytes).toEqual(Buffer.from(data));
    }),
  );
});
