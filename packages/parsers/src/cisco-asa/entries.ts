import type { MessageReader } from './messages.ts';

/** Message ids, blanks between them, and their reader. */
export type Entry = readonly [ids: string, reader: MessageReader];

export const of = (ids: string, reader: MessageReader): Entry => [ids, reader];

/** Ids → readers. An id that stands twice is a mistake in the tables. */
export function readersOf(...tables: readonly (readonly Entry[])[]): ReadonlyMap<string, MessageReader> {
  const readers = new Map<string, MessageReader>();
  for (const [ids, reader] of tables.flat()) {
    for (const id of ids.split(' ')) {
      if (readers.has(id)) throw new Error(`two readers of ${id}`);
      readers.set(id, reader);
    }
  }
  return readers;
}
