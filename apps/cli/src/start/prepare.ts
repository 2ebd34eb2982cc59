import { dataLayout } from '@logmaster/core/config/data-layout';
import { readEnvironment } from '@logmaster/core/config/environment';
import { databaseEnvironment, dataEnvironment } from '@logmaster/core/config/fragments';
import { ensureFirstAdmin } from '@logmaster/db/bootstrap';
import { openDatabase } from '@logmaster/db/client';
import { migrateUp } from '@logmaster/db/migrate';
import { requireSuitableServer } from '@logmaster/db/server-check';
import { ensureEvidenceKeys } from './evidence-keys.ts';
import type { Prepared } from './preparation.ts';
import { ensureFolders } from './secrets.ts';
import { ensureTlsCertificate } from './tls-certificate.ts';

/** SERVICE_UNSUITABLE with a sentence for a PostgreSQL that is too old, before anything is changed in it. */
export async function checkDatabase(url: string): Promise<void> {
  const database = openDatabase({ url });
  try {
    await requireSuitableServer(database.primary);
  } finally {
    await database.close();
  }
}

/**
 * What must be there before ingest and web start: folders, signing keys, the newest database schema, the first admin.
 * May be repeated; what is there is left as it is.
 */
export async function prepare(): Promise<Prepared> {
  const { LOGMASTER_DATA_DIR, ARCHIVE_DIR } = readEnvironment(dataEnvironment);
  const { DATABASE_URL } = readEnvironment(databaseEnvironment);
  const layout = dataLayout(LOGMASTER_DATA_DIR, ARCHIVE_DIR);
  await ensureFolders(layout);
  const signer = await ensureEvidenceKeys(layout);
  const tlsCertificate = await ensureTlsCertificate(layout);
  await checkDatabase(DATABASE_URL);
  const migrations = await migrateUp(DATABASE_URL);
  const { password } = await ensureFirstAdmin(DATABASE_URL);
  return { signer, tlsCertificate, migrations: [...migrations], ...(password === undefined ? {} : { password }) };
}
