import type { Cache, CacheCounts } from '../cache.ts';

interface Entry {
  readonly kind: 'text' | 'lease';
  readonly text: string;
  readonly endsAt: number;
}

/** Bounds of what is kept: a session's answer has some 150 characters. */
const MAX_ENTRIES = 10_000;
const MAX_CHARACTERS = 8 * 1024 * 1024;

export interface MemoryCacheOptions {
  /** Milliseconds on any clock that only goes forward. */
  readonly now?: () => number;
  readonly maxEntries?: number;
  readonly maxCharacters?: number;
}

/** The cache of one process. The entry that was used longest ago goes when it is full. It is never away. */
export class MemoryCache implements Cache {
  readonly name = 'cache';
  readonly counts: CacheCounts = { hits: 0, misses: 0, invalid: 0, away: 0 };
  /** In the order of their last use. */
  readonly #entries = new Map<string, Entry>();
  readonly #now: () => number;
  readonly #maxEntries: number;
  readonly #maxCharacters: number;
  #characters = 0;

  constructor({
    now = () => performance.now(),
    maxEntries = MAX_ENTRIES,
    maxCharacters = MAX_CHARACTERS,
  }: MemoryCacheOptions = {}) {
    this.#now = now;
    this.#maxEntries = maxEntries;
    this.#maxCharacters = maxCharacters;
  }

  async start(): Promise<void> {
    this.#clear();
  }
  async stop(): Promise<void> {
    this.#clear();
  }
  async health(): Promise<null> {
    return null;
  }

  async get(key: string): Promise<string | undefined> {
    const entry = this.#use(key);
    return entry?.kind === 'text' ? entry.text : undefined;
  }
  async set(key: string, text: string, ttlMs: number): Promise<void> {
    this.#put(key, { kind: 'text', text, endsAt: this.#now() + ttlMs });
  }
  async delete(keys: readonly string[]): Promise<void> {
    for (const key of keys) this.#remove(key);
  }

  async getOrLease(key: string, token: string, ttlMs: number) {
    const entry = this.#use(key);
    if (entry?.kind === 'text') return { text: entry.text };
    if (entry) return { leased: false };
    this.#put(key, { kind: 'lease', text: token, endsAt: this.#now() + ttlMs });
    return { leased: true };
  }
  async fill(key: string, token: string, text: string, ttlMs: number): Promise<boolean> {
    const entry = this.#use(key);
    if (entry?.kind !== 'lease' || entry.text !== token) return false;
    this.#put(key, { kind: 'text', text, endsAt: this.#now() + ttlMs });
    return true;
  }

  async raise(key: string, level: number, ttlMs: number): Promise<void> {
    const entry = this.#use(key);
    const held = entry?.kind === 'text' ? Number(entry.text) : Number.NaN;
    const text = held >= level ? (entry?.text ?? '') : `${level}`;
    this.#put(key, { kind: 'text', text, endsAt: Math.max(entry?.endsAt ?? 0, this.#now() + ttlMs) });
  }

  #use(key: string): Entry | undefined {
    const entry = this.#entries.get(key);
    if (!entry) return undefined;
    this.#entries.delete(key);
    if (entry.endsAt > this.#now()) {
      this.#entries.set(key, entry);
      return entry;
    }
    this.#characters -= key.length + entry.text.length;
    return undefined;
  }
  #put(key: string, entry: Entry): void {
    this.#remove(key);
    this.#entries.set(key, entry);
    this.#characters += key.length + entry.text.length;
    for (const oldest of this.#entries.keys()) {
      if (this.#entries.size <= this.#maxEntries && this.#characters <= this.#maxCharacters) break;
      this.#remove(oldest);
    }
  }
  #remove(key: string): void {
    const entry = this.#entries.get(key);
    if (!entry) return;
    this.#entries.delete(key);
    this.#characters -= key.length + entry.text.length;
  }
  #clear(): void {
    this.#entries.clear();
    this.#characters = 0;
  }
}
