import { type Client, errors, type estypes } from '@elastic/elasticsearch';
import type { Logger } from '@logmaster/telemetry/logger';
import { EVENTS_MAPPING, MAPPING_VERSION } from './documents/mapping.ts';
import { unwell } from './failures.ts';
import { eventsPattern, eventsTemplate, positionsIndex } from './index-names.ts';

export interface TemplateOptions {
  readonly prefix: string;
  readonly replicas: number;
  readonly shards: number;
  readonly tierPreference: string;
}

/** Over templates with a pattern like `*` that a cluster may have for other users. */
const PRIORITY = 500;
/** Searchable sooner because `write` refreshes; this is for the batch whose refresh failed. */
const REFRESH_INTERVAL = '30s';

function settings({ replicas, tierPreference }: TemplateOptions): estypes.IndicesIndexSettings {
  return {
    number_of_replicas: replicas,
    'routing.allocation.include._tier_preference': tierPreference,
  };
}

function eventsSettings(options: TemplateOptions): estypes.IndicesIndexSettings {
  return {
    ...settings(options),
    number_of_shards: options.shards,
    codec: 'best_compression',
    refresh_interval: REFRESH_INTERVAL,
  };
}

/**
 * Makes the cluster ready for our documents; may be repeated at any time. Puts the template of the day indices, brings
 * new event fields into the indices that exist, and makes the index of positions. An index of another mapping version is
 * refused with SEARCH_UNAVAILABLE: searches in it would mean something else.
 */
export async function putTemplates(client: Client, options: TemplateOptions, logger: Logger): Promise<void> {
  const name = eventsTemplate(options.prefix);
  await client.indices.putIndexTemplate({
    name,
    index_patterns: [eventsPattern(options.prefix)],
    priority: PRIORITY,
    version: MAPPING_VERSION,
    template: { settings: eventsSettings(options), mappings: EVENTS_MAPPING },
  });
  logger.debug({ template: name, version: MAPPING_VERSION }, 'index template is in place');
  await adoptIndices(client, eventsPattern(options.prefix), logger);
  await createPositions(client, options);
}

/** False when the cluster lost what `putTemplates` made, as after a restore. */
export async function hasTemplates(client: Client, prefix: string): Promise<boolean> {
  const [template, positions] = await Promise.all([
    client.indices.existsIndexTemplate({ name: eventsTemplate(prefix) }),
    client.indices.exists({ index: positionsIndex(prefix) }),
  ]);
  return template && positions;
}

async function adoptIndices(client: Client, pattern: string, logger: Logger): Promise<void> {
  // the uuid is there to be told of indices without our mark too
  const found = await client.indices.get({ index: pattern, filter_path: '*.mappings._meta,*.settings.index.uuid' });
  for (const [index, { mappings }] of Object.entries(found)) {
    const version: unknown = mappings?._meta?.version;
    if (version === MAPPING_VERSION) continue;
    logger.error({ index, version, needed: MAPPING_VERSION }, 'an index was made with another mapping; rebuild it');
    throw unwell('SEARCH_UNAVAILABLE', 'INDEX_OTHER_VERSION');
  }
  if (Object.keys(found).length === 0) return;
  await client.indices.putMapping({ index: pattern, properties: EVENTS_MAPPING.properties ?? {} });
}

async function createPositions(client: Client, options: TemplateOptions): Promise<void> {
  const index = positionsIndex(options.prefix);
  if (await client.indices.exists({ index })) return;
  try {
    await client.indices.create({
      index,
      settings: { ...settings(options), number_of_shards: 1 },
      mappings: { dynamic: false, properties: { journal: { type: 'long' }, sequence: { type: 'long' } } },
    });
  } catch (cause) {
    // another node's processor was faster
    if (cause instanceof errors.ResponseError && cause.message.includes('resource_already_exists_exception')) return;
    throw cause;
  }
}
