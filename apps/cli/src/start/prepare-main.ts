// A process of its own, which ends when it is done: what it loads (Prisma with its schema engine, X.509) would
// otherwise stay in the supervisor's memory for weeks. Prints one JSON line, `Prepared`.
import { dataLayout } from '@logmaster/core/config/data-layout';
import { readEnvironment } from '@logmaster/core/config/environment';
import { databaseEnvironment, dataEnvironment } from '@logmaster/core/config/fragments';
import { toAppError } from '@logmaster/core/errors';
import { ensureFirstAdmin } from '@logmaster/db/bootstrap';
import { migrateUp } from '@logmaster/db/migrate';
import { ensureEvidenceKeys } from './evidence-keys.ts';
import type { Prepared } from './preparation.ts';
import { ensureTlsCertificate } from './tls-certificate.ts';

async function prepare(): Promise<Prepared> {
  const { LOGMASTER_DATA_DIR, ARCHIVE_DIR } = readEnvironment(dataEnvironment);
  const { DATABASE_URL } = readEnvironment(databaseEnvironment);
  const layout = dataLayout(LOGMASTER_DATA_DIR, ARCHIVE_DIR);
  const signer = await ensureEvidenceKeys(layout);
  const tlsCertificate = await ensureTlsCertificate(layout);
  const migrations = await migrateUp(DATABASE_URL);
  const { password } = await ensureFirstAdmin(DATABASE_URL);
  return { signer, tlsCertificate, migrations: [...migrations], ...(password === undefined ? {} : { password }) };
}

/** The innermost message: what failed, not where it was caught. */
function reasonOf(thrown: unknown): string {
  if (!(thrown instanceof Error)) return String(thrown);
  return thrown.cause === undefined ? thrown.message : reasonOf(thrown.cause);
}

/** Ends at once: the schema engine leaves an idle connection that would hold the process for ten more seconds. */
function finish(answer: unknown, code: number): void {
  process.stdout.write(JSON.stringify(answer), () => process.exit(code));
}

try {
  finish(await prepare(), 0);
} catch (thrown) {
  const { code, detail, stack } = toAppError(thrown);
  process.stderr.write(`${stack}\n${reasonOf(thrown)}\n`);
  finish({ failed: { code, detail: detail ?? reasonOf(thrown) } }, 1);
}
