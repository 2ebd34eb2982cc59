import type { PartHealth } from '@logmaster/core/api/health';
import type { Lifecycle } from '@logmaster/core/lifecycle';

/** The cache can't answer now: not reached, not in time, or it refuses. What was asked for is neither there nor not there. */
export class CacheAway extends Error {
  override readonly name = 'CacheAway';
}

/** What stands at a key, or else whether the asker may fill it. */
export type Leased = { readonly text: string } | { readonly leased: boolean };

/** How often what happened, since the start. */
export interface CacheCounts {
  hits: number;
  misses: number;
  /** Values that could not be read: another version's, or garbage. */
  invalid: number;
  /** Calls that ended in CacheAway. */
  away: number;
}

/**
 * Short-lived texts by key, kept in this process or in a Redis that several nodes share. What is here may be gone at any
 * moment, and is the truth of nothing. Every call rejects with CacheAway, within about 250 ms, when it can't be carried
 * out; a call that was refused for time may still be carried out later. Use a Shelf or a HighWaterMark, not this.
 */
export interface Cache extends Lifecycle {
  /** Null for a cache in this process, which is no part of its own; else what the health page shows. Never rejects. */
  health(): Promise<PartHealth | null>;
  readonly counts: CacheCounts;

  get(key: string): Promise<string | undefined>;
  /** @param ttlMs > 0; a value never stays longer. */
  set(key: string, text: string, ttlMs: number): Promise<void>;
  delete(keys: readonly string[]): Promise<void>;

  /**
   * The text at the key. Where there is none, `token` becomes the key's lease and may `fill` it, unless another lease
   * holds (`leased: false`). Deleting the key ends its lease, so what was read before the deletion never gets in.
   */
  getOrLease(key: string, token: string, ttlMs: number): Promise<Leased>;
  /** Stores the text if `token` is still the key's lease. False when it is not: the key was deleted or filled meanwhile. */
  fill(key: string, token: string, text: string, ttlMs: number): Promise<boolean>;

  /** Stores the number unless a greater one stands there; it stays at least `ttlMs` from now. */
  raise(key: string, level: number, ttlMs: number): Promise<void>;
}
