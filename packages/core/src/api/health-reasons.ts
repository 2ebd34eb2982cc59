import type { PartHealth } from './health.ts';

/**
 * Why a part is not well, beside the codes of ERRORS: code → English sentence with its `{parameters}`. The pages have the
 * same codes in both languages (checked by a test). Strangers may read them: no addresses, no names, no secrets.
 */
export const HEALTH_REASONS = {
  NO_ANSWER: 'It does not answer within {seconds} s',
  IDENTITY_BROKEN:
    'The numbers do not add up: {broken} sums are wrong, the worst by {difference} records. Records may be missing',
  WORKERS_MISSING: '{missing} of {all} receiving processes do not receive',
  PORTS_CLOSED: 'The syslog ports are not open',
  COLLECTOR_REFUSES: 'Nothing is accepted while the journal can not be written',
  JOURNAL_UNWRITABLE: 'The journal can not be written; nothing more is accepted until ingest is started again',
  DISK_FULL: 'The disk is full: senders are slowed until there is room',
  INDEX_REFUSES: 'The index does not take what it is given; it is tried again, and the journal keeps what arrives',
  BEHIND: 'It is {seconds} s behind',
  SEAL_FAILING: 'Segments can not be sealed; it is tried again',
  DAY_FAILING: 'A day can not be packed; it is tried again',
  ARCHIVE_WAITS: 'The archive is not available; {segments} segments wait',
  TSA_WAITS: 'There are no time-stamps; {segments} segments are unstamped',
  DATABASE_AWAY: 'The database is not available; the last copy of the assignment of senders is used',
  PARSE_DRIFT:
    'The records of {devices} devices are parsed worse than is usual for them; the page of devices shows whose',
  CLOCKS_WRONG:
    'The clocks of {devices} devices are more than {seconds} s off, the worst by {worst} s; the page of devices shows whose. Set them by NTP',
  GEOIP_BROKEN: '{broken} of {all} GeoIP files can not be read; records get no countries and networks from them',
  DATABASE_TOO_OLD: 'PostgreSQL {version} is too old; {needed} or later is needed',
  DATABASE_READ_ONLY: 'DATABASE_URL leads to a replica, where nothing can be changed; it must lead to the primary',
  REPLICA_AWAY: 'It does not answer; reads go to the other servers',
  REPLICA_BEHIND: 'It is more than {seconds} s behind; reads go to the other servers until it has caught up',
  REPLICA_UNKNOWN: 'How far it is behind can not be told as long as the primary has not answered',
  REPLICA_TAKES_WRITES: 'It takes writes, so it is no replica; mend DATABASE_REPLICA_URLS',
  REPLICA_OF_ANOTHER: 'It is a replica of another database; mend DATABASE_REPLICA_URLS',
  REDIS_AWAY: 'Redis does not answer; sessions are read from the database',
  REDIS_LOADING: 'Redis is loading its data; sessions are read from the database',
  REDIS_NO_MASTER: 'No Sentinel can say which Redis is the master; sessions are read from the database',
  REDIS_REFUSED: 'Redis refuses the user name or password; mend REDIS_PASSWORD',
  REDIS_SENTINEL_REFUSED: 'The Sentinels refuse the password; mend REDIS_SENTINEL_PASSWORD',
  REDIS_TLS: 'No encrypted connection to Redis can be made; check rediss:// and REDIS_CA_FILE',
  REDIS_OTHER_SERVER: 'The server at the address of Redis is not Redis',
  REDIS_IS_SENTINEL: 'The address of Redis is that of a Sentinel; name it in REDIS_SENTINELS instead of REDIS_URL',
  REDIS_IS_CLUSTER: 'Redis runs in cluster mode, which is not supported; use a master with Sentinels',
  REDIS_IS_REPLICA: 'REDIS_URL leads to a replica, where nothing can be written; it must lead to the master',
  REDIS_TOO_OLD: 'Redis {version} is too old; {needed} or later is needed',
  REDIS_EVICTS: 'Redis also removes keys that have no end ({policy}); set maxmemory-policy to volatile-lru',
  ELASTICSEARCH_AWAY: 'No node of Elasticsearch answers',
  ELASTICSEARCH_SLOW: 'Elasticsearch does not answer in time',
  ELASTICSEARCH_TLS: 'No encrypted connection to Elasticsearch can be made; check https:// and ELASTICSEARCH_CA_FILE',
  ELASTICSEARCH_REFUSED:
    'Elasticsearch refuses the user name, password or API key; mend ELASTICSEARCH_PASSWORD or ELASTICSEARCH_API_KEY',
  ELASTICSEARCH_RIGHTS: 'The account for Elasticsearch lacks a right that is needed',
  ELASTICSEARCH_TOO_OLD: 'Elasticsearch {version} is too old; {needed} is needed',
  ELASTICSEARCH_OTHER_SERVER:
    'The server at the address of Elasticsearch does not answer as one; Elasticsearch {needed} is needed',
  ELASTICSEARCH_NO_MASTER: 'The Elasticsearch cluster has no master',
  ELASTICSEARCH_BUSY: 'Elasticsearch is overloaded',
  INDEX_READ_ONLY: 'The index can only be read; is the disk of Elasticsearch full?',
  INDEX_INCOMPLETE: 'A part of the index is not available; searches fail until it is back',
  INDEX_NO_COPY: 'A part of the index has no second copy: the loss of a node would lose it',
  PROCESSOR_BETWEEN_LIVES: 'It is being started again; the journal keeps what arrives',
  SEALER_BETWEEN_LIVES: 'It is being started again; closed segments wait',
  PARSERS_SUSPENDED:
    'Custom parsers were too slow and are left out for ten minutes: {count}. Their records are read by the built-in parsers',
  INDEX_OTHER_VERSION: 'The index was made by another version of LogMaster; rebuild it',
  DISK_RESERVE: 'The disk is short of room: the reserve was given up; {free} MiB are free',
  DISK_CACHES: 'The disk is short of room: exports and caches were removed; {free} MiB are free',
  DISK_INDEX:
    'The disk is short of room: {records} records are out of the index and come back by themselves; {free} MiB are free',
  DISK_SENDERS: 'The disk is nearly full: senders over connections are slowed; {free} MiB are free',
  DISK_DATAGRAMS: 'The disk is full: connections stand still, datagrams are dropped and counted; {free} MiB are free',
  DISK_RESTORING: '{records} records that were out for want of disk room are being brought back into the index',
  DISK_ARCHIVE:
    'The file system of the archive is short of room, and nothing on it may be removed; {free} MiB are free',
  LDAP_AWAY: 'The directory does not answer',
  LDAP_TLS: 'No encrypted connection to the directory can be made; check its certificate and LDAP_CA_FILE',
  LDAP_REFUSED: 'The directory refuses the account of LDAP_BIND_DN or its password',
  LDAP_NO_BASE: 'The directory has no entry LDAP_BASE_DN, or the account can not read it',
  MAIL_AWAY: 'The mail server does not answer',
  MAIL_OTHER_SERVER: 'The server at the address of SMTP_URL does not speak SMTP',
  MAIL_TLS: 'No encrypted connection to the mail server can be made; check SMTP_STARTTLS and SMTP_CA_FILE',
  MAIL_REFUSED: 'The mail server refuses the user name or password',
} as const satisfies Record<string, string>;

export type HealthReason = keyof typeof HEALTH_REASONS;
export type ReasonParams = Readonly<Record<string, string | number>>;

/** The sentence of a reason with its parameters filled in. */
export function reasonText(code: HealthReason, params: ReasonParams = {}): string {
  return HEALTH_REASONS[code].replace(/\{(\w+)}/g, (whole, name: string) => `${params[name] ?? whole}`);
}

/** What a part that is not well says of itself: code, parameters and the English sentence. */
export function becauseOf(
  code: HealthReason,
  params?: ReasonParams,
): Pick<PartHealth, 'code' | 'params' | 'reason'> & { reason: string } {
  return { code, ...(params ? { params: { ...params } } : {}), reason: reasonText(code, params) };
}
