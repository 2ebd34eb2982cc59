import { readFile } from 'node:fs/promises';
import { systemClock } from '@logmaster/core/clock';
import { SealerService } from '@logmaster/pipeline/sealer/sealer-service';
import { SegmentLayout } from '@logmaster/pipeline/segments/layout';
import type { PackedDayWriter } from '@logmaster/search/packed-days';
import type { TimestampAuthority } from '@logmaster/signing/contracts';
import { openFileSigner } from '@logmaster/signing/file-signer';
import { createHttpTsa } from '@logmaster/signing/http-tsa';
import { openLocalTsa } from '@logmaster/signing/local-tsa';
import type { Events } from '@logmaster/telemetry/events';
import type { Settings } from './settings.ts';

/** The one place that says what the sealer is made of. It has the keys, and none of what reads from the network. */

/** MiB and threads of DuckDB while a day is packed. */
const PACKING_MEMORY_MB = 256;
const PACKING_THREADS = 1;

export async function composeSealer(
  settings: Settings,
  tools: { events: Events; onFatal: (error: unknown) => void },
): Promise<SealerService> {
  const { values, layout } = settings;
  return new SealerService({
    node: values.LOGMASTER_NODE,
    segmentsFolder: layout.segments,
    archiveFolder: layout.archive,
    signer: await openFileSigner(layout),
    tsa: await composeTsa(settings),
    days: dayWriter(new SegmentLayout(layout.segments).packing),
    clock: systemClock,
    timeZone: values.LOGMASTER_DEVICE_TIME_ZONE,
    geoipFiles: values.LOGMASTER_GEOIP_FILES ?? [],
    ...tools,
  });
}

/** DuckDB is loaded for the first day that is packed: once a day, and 30 MB of memory until then. */
function dayWriter(folder: string): PackedDayWriter {
  let opened: Promise<PackedDayWriter> | undefined;
  async function open(): Promise<PackedDayWriter> {
    const { PackedDayFiles } = await import('@logmaster/search/duckdb/files/packed-day-files');
    const files = new PackedDayFiles({ folder, memoryMb: PACKING_MEMORY_MB, threads: PACKING_THREADS });
    await files.prepare();
    return files;
  }
  return {
    async writeDayParquet(day) {
      opened ??= open();
      return (await opened).writeDayParquet(day);
    },
  };
}

/** The service of TSA_URL, or the local one. There is no way from the first to the second: that would be silent. */
async function composeTsa({ values, layout }: Settings): Promise<TimestampAuthority> {
  const { TSA_URL: url, TSA_CA_FILE: anchor } = values;
  if (url === undefined) return openLocalTsa(layout);
  // settings.ts refuses the one without the other; an empty list of anchors would refuse every stamp.
  const anchors = anchor === undefined ? [] : [await readFile(anchor, 'utf8')];
  return createHttpTsa({ url, anchors });
}
