import type { Client } from '@elastic/elasticsearch';
import { AppError } from '@logmaster/core/errors';
import type { FlatEvent } from '@logmaster/core/event/event';
import { utcDay } from '@logmaster/core/time';
import { indexed, indexedOf, isBefore } from '../../indexed-event.ts';
import type { EventBatch } from '../../store.ts';
import { encodeDocument } from '../documents/document.ts';
import { unwell } from '../failures.ts';
import { eventsIndex, eventsPattern, positionsIndex } from '../index-names.ts';
import { Positions } from '../positions.ts';
import { BulkService } from './bulk-service.ts';

/** Events that are replaced at a time. */
const PIECE = 500;

export interface WriterNames {
  readonly prefix: string;
  readonly retention: string;
}

/**
 * Batches as documents. Every step may be the last one before a crash: the record's id is the document's id and its
 * index a function of the record, so what was written before the position moved is written again over itself.
 */
export class DocumentWriter {
  readonly #client: Client;
  readonly #names: WriterNames;
  readonly #bulk: BulkService;
  readonly positions: Positions;

  constructor(client: Client, names: WriterNames) {
    this.#client = client;
    this.#names = names;
    this.#bulk = new BulkService(client);
    this.positions = new Positions(client, positionsIndex(names.prefix));
  }

  /** Resolves when the batch is durable, searchable, and behind the stream's position. */
  async write(batch: EventBatch): Promise<void> {
    const at = await this.positions.of(batch.stream);
    if (at && !isBefore(at, batch.to)) return;
    const items = this.#items(batch).filter(({ position }) => !(at && isBefore(position, at)));
    if (items.length > 0) {
      await this.#bulk.write(items);
      await this.#refresh(new Set(items.map(({ index }) => index)));
    }
    await this.positions.move(batch.stream, batch.to);
  }

  /** Resolves when the events are durable and searchable. The record's id is the document's: none is there twice. */
  async add(events: readonly FlatEvent[]): Promise<void> {
    const items = events.flatMap((event) => this.#items({ stream: indexed(event).stream, events: [event] }));
    if (items.length === 0) return;
    await this.#bulk.write(items);
    await this.#refresh(new Set(items.map(({ index }) => index)));
  }

  /** In pieces; a document is written where its record's is. Resolves when they are durable and searchable. */
  async replace(
    { site, day }: { readonly site: string; readonly day: string },
    events: AsyncIterable<FlatEvent> | Iterable<FlatEvent>,
  ): Promise<number> {
    let replaced = 0;
    let piece: FlatEvent[] = [];
    const flush = async () => {
      replaced += await this.#replacePiece(piece);
      piece = [];
    };
    for await (const event of events) {
      const { id, receivedAt } = indexed(event);
      if (event['logmaster.site.id'] !== site || utcDay(receivedAt) !== day)
        throw new AppError('INVALID_INPUT', { detail: `record ${id} is not of site ${site} and day ${day}` });
      piece.push(event);
      if (piece.length === PIECE) await flush();
    }
    if (piece.length > 0) await flush();
    return replaced;
  }

  async #replacePiece(events: readonly FlatEvent[]): Promise<number> {
    const byId = new Map(events.map((event) => [indexed(event).id, event]));
    const { hits } = await this.#client.search({
      index: eventsPattern(this.#names.prefix),
      allow_no_indices: true,
      allow_partial_search_results: false,
      query: { ids: { values: [...byId.keys()] } },
      size: byId.size,
      _source: false,
    });
    const items = hits.hits.flatMap(({ _id: id = '', _index: index }) => {
      const event = byId.get(id);
      return event === undefined ? [] : [{ index, id, document: encodeDocument(event) }];
    });
    if (items.length === 0) return 0;
    await this.#bulk.write(items);
    await this.#refresh(new Set(items.map(({ index }) => index)));
    return items.length;
  }

  async #refresh(indices: ReadonlySet<string>): Promise<void> {
    const { _shards: shards } = await this.#client.indices.refresh({ index: [...indices] });
    if (shards === undefined || shards.failed === 0) return;
    throw unwell('SEARCH_UNAVAILABLE', 'INDEX_INCOMPLETE');
  }

  /** All of them are made before the first is sent: a batch with an event that can't be indexed is refused whole. */
  #items({ stream, events }: Pick<EventBatch, 'stream' | 'events'>) {
    const { prefix, retention } = this.#names;
    return events.map((event) => {
      const { id, receivedAt, position } = indexedOf(stream, event);
      return { index: eventsIndex(prefix, retention, receivedAt), id, position, document: encodeDocument(event) };
    });
  }
}
