import { FULL_SCOPE } from '@logmaster/core/scope';
import { readDevice } from '@logmaster/db/devices';
import { listSites } from '@logmaster/db/sites';
import type { TrialRecord } from '@logmaster/parsers/custom/trial/trial';
import { recordOfEvent } from '@logmaster/parsers/custom/trial/trial-records';
import { layoutFor } from '../installation.ts';
import { openSearchReader } from '../search-reader.ts';
import { onDatabaseOf } from './stored-parsers.ts';

export interface DeviceRecords {
  /** Its id. */
  readonly device: string;
  readonly limit: number;
  /** The data folder that was named. */
  readonly data: string | undefined;
  readonly defaultTimeZone: string;
}

/** The newest records of a device, from the index. NOT_FOUND when there is no such device. */
export async function recordsOfDevice({ device, limit, data, defaultTimeZone }: DeviceRecords): Promise<TrialRecord[]> {
  const [{ id }, sites] = await onDatabaseOf(data, (primary) =>
    Promise.all([readDevice(primary, device), listSites(primary)]),
  );
  const zones = new Map(sites.map((site) => [site.id, site.timeZone]));
  const store = await openSearchReader(layoutFor(data));
  try {
    const query = { text: `logmaster.device.id:"${id}"`, scope: FULL_SCOPE };
    // Records that are out of the index for want of disk room are not needed here.
    const { events } = await store.search(query, { size: limit }, { onNotice: () => undefined });
    return events.map((event) => recordOfEvent(event, zones.get(event['logmaster.site.id'] ?? '') ?? defaultTimeZone));
  } finally {
    await store.stop();
  }
}
