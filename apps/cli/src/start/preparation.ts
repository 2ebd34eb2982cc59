import { execFile } from 'node:child_process';
import { appendFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { childEnvironment } from '@logmaster/core/config/environment';
import { AppError, ERRORS, type ErrorCode } from '@logmaster/core/errors';
import type { Lifecycle } from '@logmaster/core/lifecycle';
import { z } from 'zod';
import type { Wiring } from './wiring.ts';

const preparedSchema = z.object({
  /** SHA-256 fingerprint of the signing certificate, to be written down by whoever installs. */
  signer: z.string(),
  /** SHA-256 fingerprint of the certificate of the TLS ports, for devices that pin it. */
  tlsCertificate: z.string(),
  /** Names of those applied now. */
  migrations: z.array(z.string()),
  /** The first admin's one-time password, when the admin was made now. */
  password: z.string().optional(),
});
export type Prepared = z.infer<typeof preparedSchema>;

const failedSchema = z.object({
  failed: z.object({ code: z.enum(Object.keys(ERRORS) as [ErrorCode, ...ErrorCode[]]), detail: z.string() }),
});

/** Runs to its end while LogMaster starts: there is nothing of it to stop. */
export const PREPARATION = 'keys and database';

const MAIN = path.join(import.meta.dirname, 'prepare-main.ts');
/** Migrations of a large database may take long; nothing else here does. */
const TIMEOUT_MS = 30 * 60_000;

export interface Preparation extends Lifecycle {
  /** Undefined until it has run. */
  result(): Prepared | undefined;
}

/** Signing keys, migrations and the first admin: done at every start, and nothing is left running. */
export function preparation({ layout, databaseUrl }: Wiring): Preparation {
  let result: Prepared | undefined;

  async function start(): Promise<void> {
    const env = childEnvironment({ DATABASE_URL: databaseUrl, LOGMASTER_DATA_DIR: layout.root });
    const done = await promisify(execFile)(process.execPath, [MAIN], { env, timeout: TIMEOUT_MS }).catch(
      (error: Error & { stdout?: string; stderr?: string }) => error,
    );
    await appendFile(path.join(layout.logs, 'start.log'), done.stderr ?? '');
    const answer: unknown = JSON.parse(done.stdout || '{}');
    const prepared = preparedSchema.safeParse(answer);
    if (prepared.success) {
      result = prepared.data;
      return;
    }
    const failure = failedSchema.safeParse(answer);
    if (failure.success) throw new AppError(failure.data.failed.code, { detail: failure.data.failed.detail });
    throw new AppError('INTERNAL', { detail: `preparing keys and database failed:\n${done.stderr}` });
  }
  return { name: PREPARATION, start, stop: async () => undefined, result: () => result };
}
