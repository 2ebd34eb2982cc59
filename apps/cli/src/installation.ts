import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { type DataLayout, dataLayout } from '@logmaster/core/config/data-layout';
import { readEnvironment } from '@logmaster/core/config/environment';
import { databaseEnvironment, dataEnvironment } from '@logmaster/core/config/fragments';
import { replaceFile } from '@logmaster/core/durable-files';
import { AppError } from '@logmaster/core/errors';
import { z } from 'zod';

/** What a running `logmaster start` tells the other commands, in `run/installation.json`. No secrets. */
export const installationSchema = z.object({
  pid: z.int(),
  startedAt: z.string(),
  webUrl: z.url(),
  ingestUrl: z.url(),
  postgresPort: z.int(),
});
export type Installation = z.infer<typeof installationSchema>;

/** Role and database of the embedded PostgreSQL. */
export const DATABASE_ROLE = 'logmaster';

/** The data folder a command works on: `--data`, else LOGMASTER_DATA_DIR, else ./data. */
export function layoutFor(dataOption: string | undefined): DataLayout {
  const environment = readEnvironment(dataEnvironment);
  return dataLayout(dataOption ?? environment.LOGMASTER_DATA_DIR, environment.ARCHIVE_DIR);
}

export function installationFile(layout: DataLayout): string {
  return path.join(layout.run, 'installation.json');
}

export function postgresPasswordFile(layout: DataLayout): string {
  return path.join(layout.keys, 'postgres.password');
}

export async function writeInstallation(layout: DataLayout, installation: Installation): Promise<void> {
  await replaceFile(installationFile(layout), JSON.stringify(installation), { mode: 0o644 });
}

async function readOrUndefined(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** What the last `logmaster start` on this folder wrote; undefined when none is running or ever was. */
export async function readInstallation(layout: DataLayout): Promise<Installation | undefined> {
  const text = await readOrUndefined(installationFile(layout));
  return text === undefined ? undefined : installationSchema.parse(JSON.parse(text));
}

export function databaseUrl(password: string, port: number): string {
  return `postgresql://${DATABASE_ROLE}:${encodeURIComponent(password)}@127.0.0.1:${port}/${DATABASE_ROLE}`;
}

/** DATABASE_URL of the environment, else the embedded PostgreSQL of the running installation. */
export async function findDatabaseUrl(layout: DataLayout): Promise<string> {
  const given = readEnvironment(databaseEnvironment.partial()).DATABASE_URL;
  if (given) return given;
  const installation = await readInstallation(layout);
  const password = (await readOrUndefined(postgresPasswordFile(layout)))?.trim();
  if (!installation || !password) {
    throw new AppError('DATABASE_UNAVAILABLE', {
      detail: `no LogMaster is running on ${layout.root}. Start it (npm start), name its folder with --data, or set DATABASE_URL`,
    });
  }
  return databaseUrl(password, installation.postgresPort);
}
