import { realpath, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Keeper } from '../../keeper/keeper.ts';
import { inOwnIpc } from '../process/own-ipc.ts';
import { processService } from '../process/process-service.ts';
import { continueAllIn, killAllIn, stopAllIn } from '../process/processes-in.ts';
import { writeServerFile } from '../process/server-file.ts';
import type { Address, Service } from '../process/service.ts';
import { ServiceError } from '../process/service-error.ts';
import {
  CLIENT_RULES,
  type PostgresSettings,
  postgresUrl,
  replicationConfig,
  SUPERUSER,
  serverConfig,
} from './postgres-config.ts';
import type { PostgresPrograms } from './postgres-programs.ts';
import { queryPostgres } from './postgres-query.ts';

/** A disk of so many bytes for one part of the server; the rest stays on the big one. Needs root. */
export interface PostgresDisk {
  /** A full disk of `data` fails the statement; one of `wal` ends the server. */
  readonly holds: 'data' | 'wal';
  readonly bytes: number;
}

export interface PostgresNode extends Service {
  readonly password: string;
  readonly dataFolder: string;
  /** Its replication slot at whomever it follows, and its application_name. */
  readonly slot: string;
  /** The part of its configuration that names whom it follows. */
  readonly replicationFile: string;
  /** Where the small disk is mounted, when there is one. */
  readonly disk: string | undefined;
  /** Of a database that is there. */
  url(database?: string): string;
  /** One question as the superuser, on a connection of its own. */
  query(text: string, values?: readonly unknown[], database?: string): Promise<Record<string, unknown>[]>;
}

/** What the cluster does with a node, and tests don't. */
export interface PostgresMachinery {
  readonly node: PostgresNode;
  readonly folder: string;
  readonly configFile: string;
  /** Only when the log is not in the data folder. */
  readonly walFolder: string | undefined;
  /** Whom it follows from its next start or reload on, when it is or becomes a replica. */
  setUpstream(upstream: Address): Promise<void>;
  becomeReplica(): Promise<void>;
}

export interface PostgresNodeSpec {
  readonly name: string;
  readonly address: Address;
  readonly password: string;
  readonly programs: PostgresPrograms;
  readonly settings: PostgresSettings;
  readonly disk: PostgresDisk | undefined;
  /** Fills the empty data folder before the first start. */
  readonly seed: (machinery: PostgresMachinery) => Promise<void>;
}

async function hasData(folder: string): Promise<boolean> {
  return stat(path.join(folder, 'PG_VERSION')).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return false;
      throw error;
    },
  );
}

export async function createPostgresNode(keeper: Keeper, spec: PostgresNodeSpec): Promise<PostgresMachinery> {
  const { name, address, password, programs, disk } = spec;
  // The kernel names working directories without links.
  const folder = await realpath(await keeper.makeFolder(name));
  const mounted = disk && (await realpath(await keeper.mountSmallDisk(`${name}-disk`, disk.bytes)));
  const dataFolder = path.join(mounted && disk?.holds === 'data' ? mounted : folder, 'data');
  const walFolder = disk && path.join(mounted && disk.holds === 'wal' ? mounted : folder, 'wal');
  const configFile = path.join(folder, 'postgresql.conf');
  const hbaFile = path.join(folder, 'pg_hba.conf');
  const replicationFile = path.join(folder, 'replication.conf');
  const slot = name.toLowerCase().replaceAll(/[^a-z0-9_]/g, '_');
  await writeServerFile(hbaFile, CLIENT_RULES);
  await writeServerFile(replicationFile, '');
  const { settings } = spec;
  await writeServerFile(configFile, serverConfig({ address, dataFolder, hbaFile, replicationFile, settings }));

  const url = (database?: string) => postgresUrl(address, SUPERUSER, password, database);
  const query: PostgresNode['query'] = (text, values, database) => queryPostgres(url(database), text, values);
  const postmaster = processService({
    keeper,
    name,
    address,
    component: 'postgresql',
    ...(await inOwnIpc({ command: programs.postgres, args: ['-D', dataFolder, '-c', `config_file=${configFile}`] })),
    cwd: folder,
    // Smart shutdown would wait for the clients.
    stopSignal: 'SIGINT',
    probe: async () => {
      await query('SELECT 1');
    },
    prepare: async () => {
      // Backends of a postmaster that was killed from outside keep its shared memory, and stopped ones never end.
      await killAllIn(dataFolder);
      // Its process number may be another program's by now: the server would refuse to start.
      await rm(path.join(dataFolder, 'postmaster.pid'), { force: true });
      if (await hasData(dataFolder)) return;
      await spec.seed(machinery).catch((cause: Error) => {
        if (cause instanceof ServiceError) throw cause;
        throw new ServiceError(name, `its first data can not be had (${cause.message})`, { cause });
      });
    },
  });
  const node: PostgresNode = {
    ...postmaster,
    password,
    dataFolder,
    slot,
    replicationFile,
    disk: mounted,
    query,
    url,
    async stop() {
      await continueAllIn(dataFolder);
      await postmaster.stop();
      await killAllIn(dataFolder);
    },
    async kill() {
      await postmaster.kill();
      await killAllIn(dataFolder);
    },
    async hang() {
      // First the one that forks.
      await postmaster.hang();
      await stopAllIn(dataFolder);
    },
    async resume() {
      await postmaster.resume();
      await continueAllIn(dataFolder);
    },
  };
  const machinery: PostgresMachinery = {
    node,
    folder,
    configFile,
    walFolder,
    setUpstream: (upstream) => writeServerFile(replicationFile, replicationConfig(upstream, password, slot)),
    becomeReplica: () => writeServerFile(path.join(dataFolder, 'standby.signal'), ''),
  };
  return machinery;
}
