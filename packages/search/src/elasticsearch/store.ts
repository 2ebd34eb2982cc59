import type { Client } from '@elastic/elasticsearch';
import type { FlatEvent } from '@logmaster/core/event/event';
import { PackedDayFiles } from '../duckdb/files/packed-day-files.ts';
import type { DayEvents } from '../duckdb/files/part-files.ts';
import type { PackedDay, PackedDayIndex } from '../packed-days.ts';
import type { EventBatch, ReplayStore, SearchStore } from '../store.ts';
import { type ElasticsearchStoreOptions, resolveStoreOptions } from './options.ts';
import { ElasticsearchReader } from './reader.ts';
import { checkServer } from './server-check.ts';
import { hasTemplates, putTemplates } from './templates.ts';
import { DocumentWriter } from './writing/document-writer.ts';

/** The index as the processor has it. Loads DuckDB, which writes the packed days. */
export function openElasticsearchStore(options: ElasticsearchStoreOptions): SearchStore & ReplayStore & PackedDayIndex {
  return new ElasticsearchStore(options);
}

class ElasticsearchStore extends ElasticsearchReader implements ReplayStore, PackedDayIndex {
  readonly #options: ReturnType<typeof resolveStoreOptions>;
  readonly #packedDays: PackedDayFiles;
  #templatesPut = false;

  constructor(options: ElasticsearchStoreOptions) {
    super(options);
    this.#options = resolveStoreOptions(options);
    this.#packedDays = new PackedDayFiles(options.packing);
  }

  protected override async prepare(client: Client): Promise<void> {
    const { prefix, logger } = this.#options;
    await checkServer(client);
    if (this.#templatesPut && (await hasTemplates(client, prefix))) return;
    await putTemplates(client, this.#options, logger);
    this.#templatesPut = true;
  }

  override async start(): Promise<void> {
    await this.#packedDays.prepare();
    await super.start();
  }

  override async write(batch: EventBatch): Promise<void> {
    const { client, gate } = this.connection;
    await gate.through(() => new DocumentWriter(client, this.#options).write(batch));
  }

  async addMissing(events: readonly FlatEvent[]): Promise<void> {
    const { client, gate } = this.connection;
    await gate.through(() => new DocumentWriter(client, this.#options).add(events));
  }

  async replace(day: { readonly site: string; readonly day: string }, events: DayEvents['events']): Promise<number> {
    const { client, gate } = this.connection;
    return gate.through(() => new DocumentWriter(client, this.#options).replace(day, events));
  }

  writeDayParquet(day: {
    readonly site: string;
    readonly day: string;
    readonly events: AsyncIterable<FlatEvent> | Iterable<FlatEvent>;
    readonly path: string;
  }): Promise<{ readonly records: number }> {
    return this.#packedDays.writeDayParquet(day);
  }

  /** Elasticsearch goes on serving the day; the file must be good all the same, for it replaces the segments' own. */
  replaceDay(packed: PackedDay): Promise<void> {
    return this.#packedDays.check(packed);
  }
}
