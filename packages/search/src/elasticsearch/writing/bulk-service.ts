import { setTimeout as pause } from 'node:timers/promises';
import type { Client } from '@elastic/elasticsearch';
import { AppError } from '@logmaster/core/errors';
import { isStatus, unwell } from '../failures.ts';
import { type BulkItem, bulkBody, inBodies } from './bulk-body.ts';
import { type BulkOutcome, bulkAnswerSchema, type Rejection, readOutcome } from './bulk-outcome.ts';

/** Pauses before a busy server is asked again, ms. After the last one the caller's own back-off goes on. */
const PAUSES_MS = [100, 200, 400, 800, 1600];
/** Bodies on their way at the same time: the next one is written while the server works on this one. */
const IN_FLIGHT = 2;
const QUERY = {
  filter_path: 'errors,items.index._id,items.index.status,items.index.error.type,items.index.error.reason',
};

/**
 * Writes documents; resolves when each is in the translog of its shard, synced. Items are asked again one by one where
 * the server was busy. Throws INVALID_INPUT for a document that will never be taken, SEARCH_UNAVAILABLE when the index
 * can't take any now; others of the batch may then be in, under their own ids.
 */
export class BulkService {
  readonly #client: Client;

  constructor(client: Client) {
    this.#client = client;
  }

  async write(items: readonly BulkItem[]): Promise<void> {
    const bodies = inBodies(items);
    const work = async () => {
      for (const body of bodies) await this.#deliver(body);
    };
    const ended = await Promise.allSettled(Array.from({ length: IN_FLIGHT }, work));
    const failed = ended.filter((end) => end.status === 'rejected').map((end): unknown => end.reason);
    // one that is refused is set aside by the caller; it is told first
    if (failed.length > 0) throw failed.find(isRefusal) ?? failed[0];
  }

  async #deliver(items: readonly BulkItem[]): Promise<void> {
    let left = items;
    for (let attempt = 0; ; attempt++) {
      const { busy, away, refused } = await this.#send(left);
      if (refused[0]) throw refusal(refused[0]);
      if (away[0]) throw unavailable(away[0]);
      if (busy[0] === undefined) return;
      const wait = PAUSES_MS[attempt];
      if (wait === undefined) throw unwell('SEARCH_UNAVAILABLE', 'ELASTICSEARCH_BUSY');
      await pause(wait);
      const again = new Set(busy.map(({ id }) => id));
      left = left.filter(({ id }) => again.has(id));
    }
  }

  async #send(items: readonly BulkItem[]): Promise<BulkOutcome> {
    try {
      const answer: unknown = await this.#client.transport.request({
        method: 'POST',
        path: '/_bulk',
        querystring: QUERY,
        bulkBody: bulkBody(items),
      });
      return readOutcome(bulkAnswerSchema.parse(answer));
    } catch (cause) {
      const all = (type: string, reason: string) => items.map(({ id }): Rejection => ({ id, type, reason }));
      if (isStatus(cause, 429)) return { busy: all('busy', ''), away: [], refused: [] };
      if (!isStatus(cause, 413)) throw cause;
      // larger than this cluster takes
      if (items.length === 1)
        return { busy: [], away: [], refused: all('too_large', 'the server takes no body of this size') };
      const middle = Math.ceil(items.length / 2);
      await this.#deliver(items.slice(0, middle));
      await this.#deliver(items.slice(middle));
      return { busy: [], away: [], refused: [] };
    }
  }
}

const isRefusal = (cause: unknown) => cause instanceof AppError && cause.code === 'INVALID_INPUT';

function refusal({ id, type, reason }: Rejection): AppError {
  return new AppError('INVALID_INPUT', { detail: `Elasticsearch refuses record ${id}: ${type}, ${reason}` });
}

function unavailable({ type, reason }: Rejection): AppError {
  if (type === 'cluster_block_exception') return unwell('SEARCH_UNAVAILABLE', 'INDEX_READ_ONLY');
  return new AppError('SEARCH_UNAVAILABLE', { detail: `Elasticsearch does not take records (${type}: ${reason})` });
}
