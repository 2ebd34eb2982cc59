import { fileURLToPath } from 'node:url';
import type { DataLayout } from '@logmaster/core/config/data-layout';
import { elasticsearchSettings } from '@logmaster/core/config/elasticsearch-settings';
import { readEnvironment } from '@logmaster/core/config/environment';
import { dataEnvironment, elasticsearchEnvironment, searchEnvironment } from '@logmaster/core/config/fragments';
import { openDuckDbReader } from '@logmaster/search/open';
import type { SearchStore } from '@logmaster/search/store';
import { createLogger } from '@logmaster/telemetry/logger';

/** The index of an installation, for reading: Elasticsearch where the environment names it, else that of the data folder. */
export async function openSearchReader({ index }: DataLayout): Promise<SearchStore> {
  const values = readEnvironment(
    dataEnvironment.extend(searchEnvironment.shape).extend(elasticsearchEnvironment.shape),
  );
  const logger = createLogger('cli', 'fatal');
  const elasticsearch = elasticsearchSettings(values);
  if (elasticsearch !== undefined) {
    const { openElasticsearchReader } = await import('@logmaster/search/elasticsearch/reader');
    const store = openElasticsearchReader({ ...elasticsearch, logger });
    await store.start();
    return store;
  }
  const hostModule = fileURLToPath(import.meta.resolve('@logmaster/search/duckdb/host'));
  return openDuckDbReader({ indexDir: index, memoryMb: values.LOGMASTER_SEARCH_MEMORY_MB, hostModule, logger });
}
