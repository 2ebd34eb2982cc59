import { AppError, type ErrorCode } from '@logmaster/core/errors';
import type { FlatEvent } from '@logmaster/core/event/event';
import { FULL_SCOPE, type Scope } from '@logmaster/core/scope';
import { afterAll, beforeAll, expect } from 'vitest';
import type { ReplayStore, SearchQuery, SearchStore } from '../store.ts';
import { makeBatch } from './events.ts';

/** An empty store of a test of its own: where to write, where to read (may be the same), how to end it. */
export interface TestStore {
  readonly writer: SearchStore & ReplayStore;
  readonly reader: SearchStore;
  readonly close: () => Promise<void>;
}

export type MakeStore = () => Promise<TestStore>;

export const all = (text: string, more: Partial<SearchQuery> = {}): SearchQuery => ({
  text,
  scope: FULL_SCOPE,
  ...more,
});
export const scoped = (more: Partial<Scope>): Scope => ({ ...FULL_SCOPE, ...more });
export const idOf = (event: FlatEvent) => event['logmaster.record.id'] as string;

/** All rows of a query through its pages. */
export async function readAll(store: SearchStore, query: SearchQuery, size: number): Promise<FlatEvent[]> {
  const events: FlatEvent[] = [];
  let after: string | undefined;
  for (;;) {
    const page = await store.search(query, { size, after });
    events.push(...page.events);
    if (page.after === null) return events;
    expect(page.events).toHaveLength(size);
    after = page.after;
  }
}

/** The code of a call that must fail. */
export async function failure(promise: Promise<unknown>): Promise<ErrorCode> {
  const error: unknown = await promise.then(
    () => new Error('it did not fail'),
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof AppError)) throw error;
  return error.code;
}

/** A store with these events, for all tests of a block. */
export function storeWith(makeStore: MakeStore, events: () => readonly FlatEvent[]): () => SearchStore {
  const holder: { store?: TestStore } = {};
  beforeAll(async () => {
    holder.store = await makeStore();
    await holder.store.writer.write(makeBatch(events(), 0));
  });
  afterAll(() => holder.store?.close());
  return () => (holder.store as TestStore).reader;
}
