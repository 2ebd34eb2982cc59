import type { Address } from '../process/service.ts';

export type PostgresSettings = Readonly<Record<string, string | number>>;

export const SUPERUSER = 'postgres';

/** What tests need: small, quick, and telling soon that the other side is gone. Durability is not the question. */
const SETTINGS: PostgresSettings = {
  unix_socket_directories: '',
  // In the data folder, and gone with it: shared memory objects outlive a server that is killed.
  dynamic_shared_memory_type: 'mmap',
  fsync: 'off',
  shared_buffers: '32MB',
  max_connections: 100,
  wal_level: 'replica',
  max_wal_senders: 10,
  max_replication_slots: 10,
  hot_standby: 'on',
  // A read at a replica is not cancelled because the primary cleans up.
  hot_standby_feedback: 'on',
  // pg_rewind reads the old primary's log back to where the two histories parted.
  wal_keep_size: '256MB',
  min_wal_size: '32MB',
  wal_sender_timeout: '10s',
  wal_receiver_timeout: '10s',
  wal_retrieve_retry_interval: '200ms',
  recovery_target_timeline: 'latest',
  log_line_prefix: '%m [%p] %b ',
};

/** A string of postgresql.conf; backslashes are escapes there. */
function quoted(value: string | number): string {
  return `'${String(value).replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;
}

export function settingLines(settings: PostgresSettings): readonly string[] {
  return Object.entries(settings).map(([name, value]) => `${name} = ${quoted(value)}`);
}

export interface ServerConfig {
  readonly address: Address;
  readonly dataFolder: string;
  readonly hbaFile: string;
  readonly replicationFile: string;
  /** They win over ours. */
  readonly settings: PostgresSettings;
}

/** postgresql.conf. It lies outside the data folder, since pg_rewind takes all of that from the other server. */
export function serverConfig({ address, dataFolder, hbaFile, replicationFile, settings }: ServerConfig): string {
  const own = {
    listen_addresses: address.host,
    port: address.port,
    data_directory: dataFolder,
    hba_file: hbaFile,
    // Without a default when the main file is elsewhere; nobody is mapped.
    ident_file: '/dev/null',
  };
  return [...settingLines({ ...SETTINGS, ...own, ...settings }), `include = ${quoted(replicationFile)}`, ''].join('\n');
}

/** pg_hba.conf: a password, always, and only from loopback. */
export const CLIENT_RULES = [
  'host all all 127.0.0.0/8 scram-sha-256',
  'host replication all 127.0.0.0/8 scram-sha-256',
  '',
].join('\n');

/** A value of a connection string (libpq, 34.1.1.1 Keyword/Value Connection Strings). */
function connectionValue(value: string): string {
  return `'${value.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}

/** Whom a node follows when it is a replica: the included file. `port=` stands in it once (pgpool's script edits it). */
export function replicationConfig(upstream: Address, password: string, slot: string): string {
  const connection = [
    `host=${upstream.host}`,
    `port=${upstream.port}`,
    `user=${SUPERUSER}`,
    `application_name=${slot}`,
    `password=${connectionValue(password)}`,
  ].join(' ');
  return `${settingLines({ primary_conninfo: connection, primary_slot_name: slot }).join('\n')}\n`;
}

export function postgresUrl({ host, port }: Address, user: string, password: string, database = 'postgres'): string {
  return `postgresql://${user}:${encodeURIComponent(password)}@${host}:${port}/${encodeURIComponent(database)}`;
}
