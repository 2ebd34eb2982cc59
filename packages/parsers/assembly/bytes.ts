// Comparing and hashing bytes, eight and sixteen at a time. Loads may reach beyond the last byte, into slack.

/** Differs between processes, so that collisions can't be prepared. */
let seed: u64 = 0;

export function setSeed(value: f64): void {
  seed = reinterpret<u64>(value);
}

/** The low `count` bytes, 1 to 8. */
// @ts-ignore: decorator
@inline
function lowBytes(word: u64, count: usize): u64 {
  return word & (u64.MAX_VALUE >> (<u64>(8 - count) << 3));
}

export function sameBytes(a: usize, b: usize, length: usize): bool {
  let at: usize = 0;
  for (; at + 8 <= length; at += 8) if (load<u64>(a + at) != load<u64>(b + at)) return false;
  if (at == length) return true;
  return lowBytes(load<u64>(a + at) ^ load<u64>(b + at), length - at) == 0;
}

export function hashBytes(at: usize, length: usize, salt: u32): u32 {
  let hash: u64 = seed ^ (<u64>length << 32) ^ <u64>salt;
  let offset: usize = 0;
  for (; offset + 8 <= length; offset += 8) hash = mixed(hash ^ load<u64>(at + offset));
  if (offset < length) hash = mixed(hash ^ lowBytes(load<u64>(at + offset), length - offset));
  return <u32>(hash >> 32) ^ <u32>hash;
}

// @ts-ignore: decorator
@inline
function mixed(hash: u64): u64 {
  const product = hash * 0x9e37_79b9_7f4a_7c15;
  return product ^ (product >> 29);
}
