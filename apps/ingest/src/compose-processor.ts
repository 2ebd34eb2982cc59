import { mkdir } from 'node:fs/promises';
import { systemClock } from '@logmaster/core/clock';
import { elasticsearchSettings } from '@logmaster/core/config/elasticsearch-settings';
import type { CoverageDirectory } from '@logmaster/core/coverage/window';
import type { ParserDirectory } from '@logmaster/core/custom-parsers/parser-set';
import type { DeviceDirectory } from '@logmaster/core/devices';
import { openCoverageDirectory } from '@logmaster/db/coverage/coverage-directory';
import { openDeviceDirectory } from '@logmaster/db/device-directory';
import { openParserDirectory } from '@logmaster/db/parser-directory';
import { IndexShedder } from '@logmaster/pipeline/disk/index-shedder';
import { Processor } from '@logmaster/pipeline/processor/processor';
import { SegmentLayout } from '@logmaster/pipeline/segments/layout';
import { openDuckDbWriter } from '@logmaster/search/open';
import type { PackedDayCatalogue } from '@logmaster/search/packed-days';
import type { SheddableIndex } from '@logmaster/search/sheddable-index';
import type { ReplayStore, SearchStore } from '@logmaster/search/store';
import type { Events } from '@logmaster/telemetry/events';
import type { Logger } from '@logmaster/telemetry/logger';
import type { Settings } from './settings.ts';

/** The one place that says what the processor is made of; compose-collector.ts and compose-sealer.ts are those of the others. */

/** MiB and threads of DuckDB in the processor; batches of 20 000 and a merge beside them do not fit 256. */
const INDEX_MEMORY_MB = 512;
const INDEX_THREADS = 1;

export async function composeProcessor(
  settings: Settings,
  tools: { events: Events; logger: Logger; careful: boolean; onFatal: (error: unknown) => void },
) {
  const { values, layout } = settings;
  await mkdir(layout.index, { recursive: true });
  const { store, sheddable } = await composeStore(settings, tools.logger);
  const database = composeDatabase(values.DATABASE_URL);
  const processor = new Processor({
    node: values.LOGMASTER_NODE,
    journalFolder: layout.journal,
    segmentsFolder: layout.segments,
    archiveFolder: layout.archive,
    store,
    directory: database?.directory,
    coverage: database?.coverage,
    parserDirectory: database?.parserDirectory,
    clock: systemClock,
    timeZone: values.LOGMASTER_DEVICE_TIME_ZONE,
    geoipFiles: values.LOGMASTER_GEOIP_FILES ?? [],
    segmentSeconds: values.LOGMASTER_SEGMENT_SECONDS,
    careful: tools.careful,
    events: tools.events,
    onFatal: tools.onFatal,
  });
  const shedder = sheddable && composeShedder(settings, processor, sheddable, tools.events);
  return { store, processor, shedder, closeDatabase: async () => database?.close() };
}

interface Stores {
  readonly store: SearchStore & ReplayStore & PackedDayCatalogue;
  /** The same, where it keeps its files on a disk of this node. */
  readonly sheddable: SheddableIndex | undefined;
}

/** Elasticsearch where it is configured; its client is loaded only then. Else Parquet files in the data folder. */
async function composeStore({ values, layout }: Settings, logger: Logger): Promise<Stores> {
  const packing = { folder: layout.index, memoryMb: INDEX_MEMORY_MB, threads: INDEX_THREADS };
  const elasticsearch = elasticsearchSettings(values);
  if (elasticsearch === undefined) {
    const { folder: indexDir, memoryMb, threads } = packing;
    const store = openDuckDbWriter({ indexDir, memoryMb, threads, logger });
    return { store, sheddable: store };
  }
  const { openElasticsearchStore } = await import('@logmaster/search/elasticsearch/store');
  return { store: openElasticsearchStore({ ...elasticsearch, packing, logger }), sheddable: undefined };
}

function composeShedder(
  { values, layout }: Settings,
  processor: Processor,
  index: SheddableIndex,
  events: Events,
): IndexShedder {
  return new IndexShedder({
    node: values.LOGMASTER_NODE,
    layout: new SegmentLayout(layout.segments),
    archive: layout.archive,
    index,
    quarantined: () => processor.quarantine.records,
    toEvent: (record, site) => processor.eventOf(record, site),
    events,
  });
}

interface IngestDatabase {
  readonly directory: DeviceDirectory;
  readonly coverage: CoverageDirectory;
  readonly parserDirectory: ParserDirectory;
  close(): Promise<void>;
}

function composeDatabase(url: string | undefined): IngestDatabase | undefined {
  if (url === undefined) return undefined;
  const directory = openDeviceDirectory({ url });
  const coverage = openCoverageDirectory({ url });
  const parserDirectory = openParserDirectory({ url });
  const all = [directory, coverage, parserDirectory];
  return {
    directory,
    coverage,
    parserDirectory,
    async close() {
      await Promise.all(all.map((one) => one.close()));
    },
  };
}
