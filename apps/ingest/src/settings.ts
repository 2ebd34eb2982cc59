import { type DataLayout, dataLayout } from '@logmaster/core/config/data-layout';
import { diskEnvironment } from '@logmaster/core/config/disk-settings';
import { enrichmentEnvironment } from '@logmaster/core/config/enrichment-settings';
import { readEnvironment } from '@logmaster/core/config/environment';
import {
  databaseEnvironment,
  dataEnvironment,
  elasticsearchEnvironment,
  ingestEnvironment,
} from '@logmaster/core/config/fragments';
import { transportEnvironment } from '@logmaster/core/config/transport-settings';
import { AppError } from '@logmaster/core/errors';

const environment = dataEnvironment
  .extend(ingestEnvironment.shape)
  .extend(transportEnvironment.shape)
  .extend(diskEnvironment.shape)
  .extend(enrichmentEnvironment.shape)
  .extend(databaseEnvironment.partial().shape)
  .extend(elasticsearchEnvironment.shape);

export type Settings = ReturnType<typeof readSettings>;

/** Everything ingest takes from its environment. Throws CONFIG_INVALID. */
export function readSettings(source?: NodeJS.ProcessEnv) {
  const values = readEnvironment(environment, source);
  if (values.TSA_URL !== undefined && values.TSA_CA_FILE === undefined) {
    throw new AppError('CONFIG_INVALID', { detail: 'TSA_URL needs TSA_CA_FILE, the trust anchor its stamps lead to' });
  }
  const layout: DataLayout = dataLayout(values.LOGMASTER_DATA_DIR, values.ARCHIVE_DIR);
  return { values, layout };
}
