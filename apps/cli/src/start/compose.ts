import { rm } from 'node:fs/promises';
import type { DataLayout } from '@logmaster/core/config/data-layout';
import { readEnvironment } from '@logmaster/core/config/environment';
import { databaseEnvironment } from '@logmaster/core/config/fragments';
import type { Lifecycle } from '@logmaster/core/lifecycle';
import {
  databaseUrl,
  type Installation,
  installationFile,
  postgresPasswordFile,
  writeInstallation,
} from '../installation.ts';
import { freePort } from './free-port.ts';
import { publicUrl, type StartOptions } from './options.ts';
import { embeddedPostgres } from './postgres/server.ts';
import { type Prepared, preparation } from './preparation.ts';
import { type SupervisorContext, supervised } from './process/supervised.ts';
import { ingestProcess, sampleProcess, webProcess } from './processes.ts';
import { ensureSecret, webSecretFile } from './secrets.ts';
import type { Wiring } from './wiring.ts';

export interface Composition {
  readonly wiring: Wiring;
  /** In the order they start. */
  readonly services: readonly Lifecycle[];
  /** Lets the other commands find this installation. */
  readonly announcement: Lifecycle;
  /** Starts when everything is ready for it. */
  readonly sample: Lifecycle | undefined;
  /** Known once the parts run. */
  prepared(): Prepared | undefined;
}

/** The file by which the other commands find this installation, there while it runs. */
function announcement(layout: DataLayout, installation: Installation): Lifecycle {
  return {
    name: 'announcement',
    start: () => writeInstallation(layout, installation),
    stop: () => rm(installationFile(layout), { force: true }),
  };
}

/** Builds the parts of the embedded installation. Secrets are made here when they are missing. */
export async function compose(
  options: StartOptions,
  layout: DataLayout,
  context: SupervisorContext,
): Promise<Composition> {
  const password = await ensureSecret(postgresPasswordFile(layout));
  const external = readEnvironment(databaseEnvironment.partial()).DATABASE_URL;
  const wiring: Wiring = {
    options,
    layout,
    databaseUrl: external ?? databaseUrl(password, options.ports.postgres),
    webSecret: await ensureSecret(webSecretFile(layout)),
    webUrl: publicUrl(options),
    ingestUrl: `http://127.0.0.1:${options.ports.metrics}`,
    identityPort: await freePort(),
  };
  const prepare = preparation(wiring);
  const installation: Installation = {
    pid: process.pid,
    startedAt: new Date().toISOString(),
    webUrl: wiring.webUrl,
    ingestUrl: wiring.ingestUrl,
    postgresPort: options.ports.postgres,
  };
  const postgres = embeddedPostgres({ layout, port: options.ports.postgres, password }, context);
  return {
    wiring,
    services: [
      ...(external ? [] : [postgres]),
      prepare,
      supervised(ingestProcess(wiring), context),
      supervised(webProcess(wiring), context),
    ],
    announcement: announcement(layout, installation),
    sample: options.sample ? supervised(sampleProcess(wiring), context) : undefined,
    prepared: () => prepare.result(),
  };
}
