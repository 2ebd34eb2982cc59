/** Of the users who have written through this process lately; the oldest go. */
const MAX_USERS = 1_000;

/** The greatest number seen for each key, shared by the web nodes (packages/cache gives one). */
export interface SharedMarks {
  /** False when the others do not learn of it. */
  raise(key: string, level: number): Promise<boolean>;
  /** 0 when there is none; undefined when that can't be told. */
  read(key: string): Promise<number | undefined>;
}

/** The shared marks, and those of this process also where the others did not learn of them. They end after `ttlMs`. */
export function ownMarks(shared: SharedMarks, ttlMs: number): SharedMarks {
  const own = new Map<string, { readonly level: number; readonly endsAt: number }>();
  const levelOf = (key: string) => {
    const held = own.get(key);
    return held && held.endsAt > performance.now() ? held.level : 0;
  };
  return {
    async raise(key, level) {
      const highest = Math.max(level, levelOf(key));
      own.delete(key);
      own.set(key, { level: highest, endsAt: performance.now() + ttlMs });
      for (const oldest of own.keys()) {
        if (own.size <= MAX_USERS) break;
        own.delete(oldest);
      }
      return shared.raise(key, level);
    },
    async read(key) {
      const level = await shared.read(key);
      return level === undefined ? undefined : Math.max(level, levelOf(key));
    },
  };
}
