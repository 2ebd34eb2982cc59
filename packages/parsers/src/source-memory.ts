/**
 * What was found last per source, bounded: when full, the source that was added first is forgotten. A forgotten source
 * costs one look at all vendors.
 */
export interface SourceMemory<T> {
  get(source: string): T | undefined;
  set(source: string, value: T): void;
}

export function createSourceMemory<T>(maxSources: number): SourceMemory<T> {
  const known = new Map<string, T>();
  return {
    get: (source) => known.get(source),
    set(source, value) {
      if (!known.has(source) && known.size >= maxSources) {
        for (const oldest of known.keys()) {
          known.delete(oldest);
          break;
        }
      }
      known.set(source, value);
    },
  };
}
