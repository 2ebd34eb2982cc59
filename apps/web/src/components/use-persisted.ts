'use client';
import { useCallback, useMemo, useSyncExternalStore } from 'react';

/** Reads what was stored; undefined when it is not of this version. */
export type Accept<T> = (stored: unknown) => T | undefined;

export const acceptBoolean: Accept<boolean> = (stored) => (typeof stored === 'boolean' ? stored : undefined);

export const acceptNumber =
  (min: number, max: number): Accept<number> =>
  (stored) =>
    typeof stored === 'number' && stored >= min && stored <= max ? stored : undefined;

export const acceptStrings: Accept<string[]> = (stored) =>
  Array.isArray(stored) && stored.every((one) => typeof one === 'string') ? stored : undefined;

/**
 * A choice about the screen that this browser remembers (column widths, what is folded). What is stored is checked on
 * reading: an older version's content, or anyone else's, counts as absent.
 */
export function usePersisted<T>(key: string, accept: Accept<T>, fallback: T): [T, (value: T) => void] {
  const name = `logmaster.${key}`;
  const text = useSyncExternalStore(
    subscribe,
    () => window.localStorage.getItem(name),
    () => null,
  );
  // `fallback` is a constant of the caller, often written inline: it is no dependency.
  const value = useMemo(() => read(text, accept) ?? fallback, [text, accept]);
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

function read<T>(text: string | null, accept: Accept<T>): T | undefined {
  if (text === null) return undefined;
  try {
    return accept(JSON.parse(text));
  } catch {
    return undefined; // not JSON: counts as absent
  }
}
