import type { Client, estypes } from '@elastic/elasticsearch';
import type { FlatEvent } from '@logmaster/core/event/event';
import type { Cursor } from '../../answers/cursor.ts';
import { decodeEvent, type StoredEvent } from '../documents/stored-event.ts';
import type { Query } from './clause.ts';

type Body = Pick<
  estypes.SearchRequest,
  'query' | 'size' | 'sort' | 'search_after' | 'track_total_hits' | 'aggs' | '_source'
>;

const NEWEST_FIRST: estypes.Sort = [{ '@timestamp': 'desc' }, { 'logmaster.record.id': 'desc' }];

/** The searches of one call: over all day indices, cancelled together. A shard that is missing fails them. */
export class Requests {
  readonly #client: Client;
  readonly #pattern: string;
  readonly #signal: AbortSignal;

  constructor(client: Client, pattern: string, signal: AbortSignal) {
    this.#client = client;
    this.#pattern = pattern;
    this.#signal = signal;
  }

  send(body: Body): Promise<estypes.SearchResponse<StoredEvent>> {
    return this.#client.search<StoredEvent>(
      {
        index: this.#pattern,
        allow_no_indices: true,
        // a count without a part of the index would be wrong (docs/decisions/0033)
        allow_partial_search_results: false,
        pre_filter_shard_size: 1,
        ...body,
      },
      { signal: this.#signal },
    );
  }

  async count(query: Query): Promise<number> {
    const { hits } = await this.send({ query, size: 0, track_total_hits: true });
    return totalOf(hits);
  }

  /** Events newest first, in stretches of what `size` says before each; ends with the first that is not full. */
  async *newestFirst(query: Query, size: () => number, after?: Cursor): AsyncGenerator<FlatEvent[]> {
    let last: Cursor | undefined = after;
    for (;;) {
      const wanted = size();
      const { hits } = await this.send({
        query,
        size: wanted,
        sort: NEWEST_FIRST,
        track_total_hits: false,
        ...(last ? { search_after: [last.timestamp, last.recordId] } : {}),
      });
      const events = hits.hits.map(({ _source: source }) => decodeEvent(source as StoredEvent));
      yield events;
      const oldest = events.at(-1);
      if (events.length < wanted || oldest === undefined) return;
      last = { timestamp: oldest['@timestamp'] as number, recordId: oldest['logmaster.record.id'] as string };
    }
  }
}

export function totalOf(hits: estypes.SearchHitsMetadata<unknown>): number {
  return typeof hits.total === 'number' ? hits.total : (hits.total?.value ?? 0);
}
