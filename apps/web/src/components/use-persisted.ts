'use client';
import { useCallback, useMemo, useSyncExternalStore } from 'react';
import type { z } from 'zod';

/**
 * A choice about the screen that this browser remembers (column widths, what is folded). What is stored is checked on
 * reading: an older version's content, or anyone else's, counts as absent.
 */
export function usePersisted<T>(key: string, schema: z.ZodType<T>, fallback: T): [T, (value: T) => void] {
  const name = `logmaster.${key}`;
  const text = useSyncExternalStore(
    subscribe,
    () => window.localStorage.getItem(name),
    () => null,
  );
  // `fallback` is a constant of the caller, often written inline: it is no dependency.
  const value = useMemo(() => read(text, schema) ?? fallback, [text, schema]);
  const set = useCallback(
    (next: T) => {
      window.localStorage.setItem(name, JSON.stringify(next));
      window.dispatchEvent(new StorageEvent('storage', { key: name }));
    },
    [name],
  );
  return [value, set];
}

function subscribe(notify: () => void): () => void {
  window.addEventListener('storage', notify);
  return () => window.removeEventListener('storage', notify);
}

function read<T>(text: string | null, schema: z.ZodType<T>): T | undefined {
  if (text === null) return undefined;
  try {
    return schema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined; // not JSON: counts as absent
  }
}
