import type { Client } from '@elastic/elasticsearch';
import type { FlatEvent } from '@logmaster/core/event/event';
import { parseRecordId } from '@logmaster/core/record';
import type { Scope } from '@logmaster/core/scope';
import type { Micros } from '@logmaster/core/time';
import { decodeCursor, encodeCursor } from '../answers/cursor.ts';
import { HistogramBuckets } from '../answers/histogram-buckets.ts';
import { expectField, listSize, pageSize } from '../answers/limits.ts';
import { maskEvent } from '../answers/masked-event.ts';
import { maskedFields, refuseMasked } from '../answers/masking-rules.ts';
import { parseQuery } from '../query/parse.ts';
import type { CallOptions, Histogram, SearchField, SearchPage, SearchQuery, TopValues } from '../store.ts';
import { fillHistogram } from './answers/histogram.ts';
import { findTopValues } from './answers/top-values.ts';
import { isTooCostly } from './failures.ts';
import type { Gate } from './gate.ts';
import type { SearchLimits } from './options.ts';
import { allOf, isExact } from './query/clause.ts';
import { makePlan, others, type Plan } from './query/plan.ts';
import { Requests } from './query/requests.ts';
import { scopeFilter } from './query/scope-filter.ts';
import { withTimeLimit } from './time-limit.ts';

export interface EngineOptions {
  readonly client: Client;
  readonly gate: Gate;
  /** Pattern of the day indices. */
  readonly pattern: string;
  readonly limits: SearchLimits;
  readonly timeLimitMs: number;
}

/** The reading half of the Elasticsearch backend. */
export class ElasticsearchEngine {
  readonly #options: EngineOptions;

  constructor(options: EngineOptions) {
    this.#options = options;
  }

  async search(
    query: SearchQuery,
    page: { size: number; after?: string | undefined },
    options: CallOptions = {},
  ): Promise<SearchPage> {
    const started = performance.now();
    const size = pageSize(page.size);
    // one record more than asked for tells whether there is a next page
    const wanted = size + 1;
    const after = page.after === undefined ? undefined : decodeCursor(page.after, query);
    const { limits } = this.#options;
    const found = await this.#plan(query, undefined, options, async ({ clause, matches }, requests) => {
      const found: FlatEvent[] = [];
      const exact = isExact(clause);
      let step = wanted;
      const next = () => {
        if (exact) return Math.min(limits.hits, wanted - found.length);
        // where few of them hold, more are looked at each time
        const asked = Math.min(limits.checked, step);
        step *= 2;
        return asked;
      };
      for await (const events of requests.newestFirst(clause.maybe, next, after)) {
        for (const event of events) if (exact || matches(event)) found.push(event);
        if (found.length >= wanted) break;
      }
      return found;
    });
    const events = found.slice(0, size);
    const last = events.at(-1);
    return {
      events: events.map((event) => maskEvent(event, maskedFields(query.scope))),
      after: found.length > size && last ? encodeCursor(placeOf(last), query) : null,
      tookMs: performance.now() - started,
    };
  }

  async count(query: SearchQuery, options: CallOptions = {}): Promise<number> {
    return this.#plan(query, undefined, options, async (plan, requests) => {
      let count = await requests.count(plan.clause.sure);
      for await (const _ of others(plan, plan.clause.sure, requests, this.#options.limits)) count++;
      return count;
    });
  }

  async histogram(
    query: SearchQuery & { from: Micros; to: Micros },
    { buckets: wished, stackBy }: { buckets: number; stackBy?: SearchField | undefined },
    options: CallOptions = {},
  ): Promise<Histogram> {
    if (stackBy !== undefined) expectField(stackBy);
    return this.#plan(query, stackBy, options, async (plan, requests) => {
      const buckets = new HistogramBuckets(query.from, query.to, wished);
      await fillHistogram(buckets, stackBy, plan, requests, this.#options.limits);
      return buckets.histogram;
    });
  }

  async topValues(query: SearchQuery, field: SearchField, size: number, options: CallOptions = {}): Promise<TopValues> {
    expectField(field);
    return this.#plan(query, field, options, (plan, requests) =>
      findTopValues(plan, field, listSize(size), requests, this.#options.limits),
    );
  }

  async get(recordId: string, scope: Scope, options: CallOptions = {}): Promise<FlatEvent | null> {
    const masked = maskedFields(scope);
    if (!parseRecordId(recordId)) return null;
    const query = allOf([{ ids: { values: [recordId] } }, scopeFilter({ scope })]);
    const event = await this.#ask(options, async (requests) => {
      const { value } = await requests.newestFirst(query, () => 1).next();
      return (value as FlatEvent[])[0];
    });
    return event ? maskEvent(event, masked) : null;
  }

  /**
   * Compiles a query and runs what asks it. A second time, with the records in question looked at one by one, where the
   * server finds its wildcards too costly.
   */
  async #plan<T>(
    query: SearchQuery,
    grouped: SearchField | undefined,
    options: CallOptions,
    work: (plan: Plan, requests: Requests) => Promise<T>,
  ): Promise<T> {
    const ast = parseQuery(query.text);
    refuseMasked(ast, query.scope, grouped);
    return this.#ask(options, async (requests) => {
      try {
        return await work(makePlan(query, ast, true), requests);
      } catch (cause) {
        if (!isTooCostly(cause)) throw cause;
        return await work(makePlan(query, ast, false), requests);
      }
    });
  }

  #ask<T>(options: CallOptions, work: (requests: Requests) => Promise<T>): Promise<T> {
    const { client, gate, pattern, timeLimitMs } = this.#options;
    return gate.through(() =>
      withTimeLimit(options, timeLimitMs, (signal) => work(new Requests(client, pattern, signal))),
    );
  }
}

function placeOf(event: FlatEvent) {
  return { timestamp: event['@timestamp'] as number, recordId: event['logmaster.record.id'] as string };
}
