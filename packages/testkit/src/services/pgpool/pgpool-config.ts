import { createHash } from 'node:crypto';
import { type PostgresSettings, SUPERUSER, settingLines } from '../postgres/postgres-config.ts';
import type { PostgresNode } from '../postgres/postgres-node.ts';
import { type Address, LOOPBACK } from '../process/service.ts';

/** Who may give orders at the PCP port. */
export const PCP_USER = 'pgpool';

/**
 * Reads are spread statement by statement. A primary that is killed is replaced at once, one that hangs after some ten
 * seconds: sooner would take a busy machine for a hung one.
 */
const SETTINGS: PostgresSettings = {
  backend_clustering_mode: 'streaming_replication',
  // A client more waits without being told. Times max_pool it is less than the servers' max_connections.
  num_init_children: 32,
  max_pool: 2,
  load_balance_mode: 'on',
  statement_level_load_balance: 'on',
  disable_load_balance_on_write: 'transaction',
  enable_pool_hba: 'on',
  pool_passwd: 'pool_passwd',
  // What it remembers of the catalogue: by default some 130 MB.
  memqcache_total_size: '8MB',
  memqcache_max_num_cache: 10_000,
  sr_check_period: 1,
  sr_check_user: SUPERUSER,
  sr_check_database: 'postgres',
  health_check_period: 1,
  health_check_timeout: 3,
  health_check_user: SUPERUSER,
  health_check_database: 'postgres',
  health_check_max_retries: 2,
  health_check_retry_delay: 1,
  failover_on_backend_error: 'on',
  // Whoever was down is first to be rewound.
  auto_failback: 'off',
  search_primary_node_timeout: 20,
};

export interface PgpoolConfig {
  readonly folder: string;
  readonly address: Address;
  readonly pcpPort: number;
  readonly nodes: readonly PostgresNode[];
  readonly failoverCommand: string;
  readonly followPrimaryCommand: string;
  readonly tls: { readonly certificateFile: string; readonly keyFile: string } | undefined;
  /** They win over ours. */
  readonly settings: PostgresSettings;
}

function backend({ address, dataFolder, slot }: PostgresNode, index: number): PostgresSettings {
  return {
    [`backend_hostname${index}`]: address.host,
    [`backend_port${index}`]: address.port,
    [`backend_weight${index}`]: 1,
    [`backend_data_directory${index}`]: dataFolder,
    [`backend_application_name${index}`]: slot,
    [`backend_flag${index}`]: 'ALLOW_TO_FAILOVER',
  };
}

/** pgpool.conf. */
export function pgpoolConfig({ folder, address, pcpPort, nodes, tls, settings, ...commands }: PgpoolConfig): string {
  const own = {
    listen_addresses: address.host,
    port: address.port,
    pcp_listen_addresses: LOOPBACK,
    pcp_port: pcpPort,
    socket_dir: folder,
    pcp_socket_dir: folder,
    wd_ipc_socket_dir: folder,
    pid_file_name: `${folder}/pgpool.pid`,
    logdir: folder,
    work_dir: folder,
    failover_command: commands.failoverCommand,
    follow_primary_command: commands.followPrimaryCommand,
    ...(tls && { ssl: 'on', ssl_cert: tls.certificateFile, ssl_key: tls.keyFile }),
  };
  return `${settingLines({ ...SETTINGS, ...own, ...Object.assign({}, ...nodes.map(backend)), ...settings }).join('\n')}\n`;
}

/** pool_hba.conf: a password, always, from loopback, and over TLS only when there is TLS. */
export function clientRules(tls: boolean): string {
  return `${tls ? 'hostssl' : 'host'} all all 127.0.0.0/8 scram-sha-256\n`;
}

/** pool_passwd. SCRAM takes the words themselves: pgpool proves to the servers that it knows them. */
export function passwordFile(users: Readonly<Record<string, string>>): string {
  return Object.entries(users)
    .map(([user, password]) => `${user}:TEXT${password.replaceAll(/[\\:]/g, '\\$&')}\n`)
    .join('');
}

/** pcp.conf and the file that its clients read. */
export function pcpFiles(port: number, password: string): { readonly server: string; readonly client: string } {
  const digest = createHash('md5').update(password).digest('hex');
  return { server: `${PCP_USER}:${digest}\n`, client: `${LOOPBACK}:${port}:${PCP_USER}:${password}\n` };
}
