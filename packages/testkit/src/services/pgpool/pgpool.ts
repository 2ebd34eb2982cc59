import { randomUUID } from 'node:crypto';
import { access, readdir, realpath, rm } from 'node:fs/promises';
import path from 'node:path';
import { freePorts } from '../../free-ports.ts';
import type { Keeper } from '../../keeper/keeper.ts';
import type { PostgresCluster } from '../postgres/postgres.ts';
import { type PostgresSettings, postgresUrl, SUPERUSER } from '../postgres/postgres-config.ts';
import type { PostgresNode } from '../postgres/postgres-node.ts';
import { postgresPrograms } from '../postgres/postgres-programs.ts';
import { queryPostgres } from '../postgres/postgres-query.ts';
import { inOwnIpc } from '../process/own-ipc.ts';
import { processService } from '../process/process-service.ts';
import { killAllIn } from '../process/processes-in.ts';
import { runProgram } from '../process/run-program.ts';
import { writeServerFile } from '../process/server-file.ts';
import { LOOPBACK, type Placement, type Service } from '../process/service.ts';
import { ServiceError } from '../process/service-error.ts';
import { until } from '../process/until.ts';
import { clientRules, PCP_USER, passwordFile, pcpFiles, pgpoolConfig } from './pgpool-config.ts';
import { FAILOVER_ARGUMENTS, FOLLOW_ARGUMENTS, failoverScript, followScript } from './pgpool-scripts.ts';

const PROGRAM = '/usr/sbin/pgpool';
const ATTACHED_MS = 60_000;

export interface PgpoolOptions extends Placement {
  readonly name?: string;
  readonly pcpPort?: number;
  /** Passwords of roles beside the superuser: pgpool must know them to let them in. */
  readonly users?: Readonly<Record<string, string>>;
  /** Clients must then use TLS. PEM files; the key readable by the servers' user alone. */
  readonly tls?: { readonly certificateFile: string; readonly keyFile: string; readonly authorityFile: string };
  /** Of pgpool.conf. */
  readonly settings?: PostgresSettings;
}

export interface PgpoolNode {
  readonly node: PostgresNode;
  /** `waiting` is up, and nobody has asked it anything yet. */
  readonly status: 'up' | 'waiting' | 'down' | 'quarantine' | 'unused';
  readonly role: 'primary' | 'standby';
  /** Reads it was given. */
  readonly reads: number;
}

/** pgpool-II: reads go to all nodes, writes to the primary, and a primary that fails is ended and replaced. */
export interface PgpoolService extends Service {
  url(database?: string, user?: string): string;
  /** One question as the superuser, on a connection of its own. */
  query(text: string, values?: readonly unknown[], database?: string): Promise<Record<string, unknown>[]>;
  /** SHOW pool_nodes. */
  nodes(): Promise<readonly PgpoolNode[]>;
  /** Takes a node that was down, and is mended, into the pool again. */
  attach(node: PostgresNode): Promise<void>;
}

/** In front of a cluster that runs when this is started. Not started yet. */
export async function createPgpool(
  keeper: Keeper,
  cluster: PostgresCluster,
  options: PgpoolOptions = {},
): Promise<PgpoolService> {
  const { name = 'pgpool', host = LOOPBACK, tls, settings = {} } = options;
  await access(PROGRAM).catch((cause: Error) => {
    throw new ServiceError(name, 'pgpool-II is not installed', { advice: 'npm run setup:services pgpool', cause });
  });
  const programs = await postgresPrograms();
  const [free = 0, freePcp = 0] = await freePorts(2);
  const address = { host, port: options.port ?? free };
  const pcpPort = options.pcpPort ?? freePcp;
  const folder = await realpath(await keeper.makeFolder(name));
  const at = (file: string) => path.join(folder, file);
  const { nodes, primary } = cluster;
  const users: Readonly<Record<string, string>> = { ...options.users, [SUPERUSER]: primary.password };

  const pcp = pcpFiles(pcpPort, randomUUID());
  const failoverCommand = `/bin/sh ${at('failover.sh')} ${FAILOVER_ARGUMENTS}`;
  const followPrimaryCommand = `/bin/sh ${at('follow.sh')} ${FOLLOW_ARGUMENTS}`;
  const files = {
    'pgpool.conf': pgpoolConfig({
      ...{ folder, address, pcpPort, nodes, tls, settings, failoverCommand, followPrimaryCommand },
    }),
    'pool_hba.conf': clientRules(tls !== undefined),
    pool_passwd: passwordFile(users),
    'pcp.conf': pcp.server,
    '.pcppass': pcp.client,
    'failover.sh': failoverScript(programs.folder),
    'follow.sh': followScript(programs.folder, nodes, pcpPort),
  };
  for (const [file, text] of Object.entries(files)) await writeServerFile(at(file), text);

  function url(database?: string, user: string = SUPERUSER): string {
    const password = users[user];
    if (password === undefined) throw new Error(`${name} does not know the password of ${user}`);
    const trust = tls ? `?sslmode=verify-full&sslrootcert=${encodeURIComponent(tls.authorityFile)}` : '';
    return postgresUrl(address, user, password, database) + trust;
  }
  const query: PgpoolService['query'] = (text, values, database) => queryPostgres(url(database), text, values);

  async function poolNodes(): Promise<readonly PgpoolNode[]> {
    const rows = await query('SHOW pool_nodes');
    return rows.map(({ node_id, status, role, select_cnt }) => ({
      node: nodes[Number(node_id)] as PostgresNode,
      status: status as PgpoolNode['status'],
      role: role as PgpoolNode['role'],
      reads: Number(select_cnt),
    }));
  }

  const environment = { PGPASSWORD: primary.password, PGCONNECT_TIMEOUT: '5', PCPPASSFILE: at('.pcppass') };
  const service = processService({
    keeper,
    name,
    address,
    otherPorts: [pcpPort],
    component: 'pgpool',
    ...(await inOwnIpc({
      command: PROGRAM,
      args: ['-n', '-f', at('pgpool.conf'), '-F', at('pcp.conf'), '-a', at('pool_hba.conf')],
    })),
    env: environment,
    cwd: folder,
    // Smart shutdown would wait for the clients.
    stopSignal: 'SIGINT',
    async prepare() {
      // What a killed one leaves: a process number that may be another program's by now, and sockets.
      const stale = (await readdir(folder)).filter((file) => file === 'pgpool.pid' || file.startsWith('.s.PGSQL.'));
      for (const file of stale) await rm(at(file));
    },
    async probe() {
      const found = await poolNodes();
      if (!found.some(({ role, status }) => role === 'primary' && status !== 'down')) throw new Error('no primary');
    },
  });
  return {
    ...service,
    url,
    query,
    nodes: poolNodes,
    async attach(node) {
      const number = nodes.indexOf(node);
      await runProgram(keeper, {
        service: name,
        command: 'pcp_attach_node',
        args: ['-h', LOOPBACK, '-p', `${pcpPort}`, '-U', PCP_USER, '-w', '-n', `${number}`],
        env: environment,
        folder,
      });
      await until(`${node.name} does not come back into the pool`, ATTACHED_MS, async () => {
        const status = (await poolNodes())[number]?.status;
        return status === 'up' || status === 'waiting' || `${status}`;
      });
    },
    async stop() {
      await service.stop();
      await killAllIn(folder);
    },
    async kill() {
      await service.kill();
      await killAllIn(folder);
    },
  };
}
