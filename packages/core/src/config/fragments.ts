import { z } from 'zod';
import { slugSchema } from '../names.ts';
import { listOf, portSchema, postgresUrlSchema, switchSchema, urlOf } from './variable-types.ts';

// Every variable of LogMaster, by the part that reads it. docs/configuration.md lists exactly these with their defaults
// (checked by a test). What depends on several variables is checked by the `…-settings.ts` files beside this one.

/** Folders. Everything else is derived from the data folder by `dataLayout`. */
export const dataEnvironment = z.object({
  LOGMASTER_DATA_DIR: z.string().default('./data'),
  /** Any POSIX path, an NFS mount in production. Default `<data>/archive`. */
  ARCHIVE_DIR: z.string().optional(),
  LOGMASTER_LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal']).default('info'),
});

export const databaseEnvironment = z.object({
  /** The primary, or what leads to it alone: sign-in and every change go there. */
  DATABASE_URL: postgresUrlSchema,
  /** Comma-separated; reads that may lag go here. Default: the primary. */
  DATABASE_REPLICA_URLS: listOf(postgresUrlSchema).optional(),
  /** A replica that is further behind is left out. */
  DATABASE_REPLICA_MAX_LAG_SECONDS: z.coerce.number().min(1).max(3600).default(10),
});

/** Sessions and cache of several web nodes. Without REDIS_URL and REDIS_SENTINELS they are kept in process. */
export const redisEnvironment = z.object({
  REDIS_URL: urlOf('redis', 'rediss').optional(),
  /** `host:port`, comma-separated, with `rediss://` before each where Redis and its Sentinels speak TLS. */
  REDIS_SENTINELS: listOf(z.string()).optional(),
  REDIS_SENTINEL_MASTER: z.string().default('logmaster'),
  REDIS_USERNAME: z.string().optional(),
  REDIS_PASSWORD: z.string().optional(),
  REDIS_SENTINEL_PASSWORD: z.string().optional(),
  /** PEM file with the trust anchor of Redis' certificate, where it is not a public one. */
  REDIS_CA_FILE: z.string().optional(),
  /** Begins every key, so that several installations can share one Redis. */
  REDIS_PREFIX: z.string().regex(/^\S+$/, 'write it without spaces').default('logmaster:'),
});

export const searchEnvironment = z.object({
  /** Memory limit of the DuckDB child process, MiB. */
  LOGMASTER_SEARCH_MEMORY_MB: z.coerce.number().int().min(64).default(512),
  /** Root of the checkout: where packages/ is found by processes that run bundled code. */
  LOGMASTER_ROOT: z.string().optional(),
});

/** Without ELASTICSEARCH_URLS searches run on DuckDB over Parquet files. */
export const elasticsearchEnvironment = z.object({
  ELASTICSEARCH_URLS: listOf(urlOf('http', 'https')).optional(),
  ELASTICSEARCH_USERNAME: z.string().optional(),
  ELASTICSEARCH_PASSWORD: z.string().optional(),
  /** As Elasticsearch shows it, base64 of `id:key`. */
  ELASTICSEARCH_API_KEY: z.string().optional(),
  ELASTICSEARCH_CA_FILE: z.string().optional(),
  /** Begins the name of every index, so that several installations can share one cluster. */
  ELASTICSEARCH_PREFIX: z
    .string()
    .regex(/^[a-z][a-z0-9_]*$/, 'a to z, 0 to 9 and underscore, a letter first')
    .default('logmaster'),
  /** Copies of each shard beside the first. */
  ELASTICSEARCH_REPLICAS: z.coerce.number().int().min(0).max(5).default(1),
});

export const ldapEnvironment = z.object({
  LDAP_URL: urlOf('ldap', 'ldaps').optional(),
  /** Upgrades an `ldap://` connection to TLS before anything else is said. */
  LDAP_STARTTLS: switchSchema.default(false),
  LDAP_CA_FILE: z.string().optional(),
  LDAP_BIND_DN: z.string().optional(),
  LDAP_BIND_PASSWORD: z.string().optional(),
  LDAP_BASE_DN: z.string().optional(),
});

export const mailEnvironment = z.object({
  /** `smtp://user@host:587` or `smtps://host:465`. */
  SMTP_URL: urlOf('smtp', 'smtps').optional(),
  SMTP_PASSWORD: z.string().optional(),
  /** Sender of every mail: `logs@example.org` or `LogMaster <logs@example.org>`. */
  SMTP_FROM: z.string().optional(),
  /** For `smtp://`: `required` refuses to go on without TLS, `offered` takes it where the server offers it. */
  SMTP_STARTTLS: z.enum(['required', 'offered', 'off']).default('required'),
  SMTP_CA_FILE: z.string().optional(),
});

export const ingestEnvironment = z.object({
  LOGMASTER_NODE: slugSchema.default('node1'),
  /** Collectors accept, the processor indexes and fills segments, the sealer seals them; `all` is all of it. */
  LOGMASTER_ROLE: z.enum(['all', 'collector', 'processor', 'sealer']).default('all'),
  /** A processor or sealer that gives no sign of life for so many seconds is ended and started again. */
  LOGMASTER_HANG_SECONDS: z.coerce.number().int().min(1).max(3600).default(30),
  LOGMASTER_SYSLOG_HOST: z.string().default('0.0.0.0'),
  LOGMASTER_SYSLOG_PORT: portSchema.default(5514),
  LOGMASTER_METRICS_HOST: z.string().default('127.0.0.1'),
  LOGMASTER_METRICS_PORT: portSchema.default(9600),
  /** Seconds a segment stays open. */
  LOGMASTER_SEGMENT_SECONDS: z.coerce.number().int().min(1).max(86_400).default(3600),
  /** IANA zone of devices whose time stamps carry none. */
  LOGMASTER_DEVICE_TIME_ZONE: z.string().default('Europe/Istanbul'),
  /** RFC 3161 service. Without it the local TSA stamps, which is not a legal time-stamp. */
  TSA_URL: z.url().optional(),
  /** PEM file with the trust anchor of TSA_URL. */
  TSA_CA_FILE: z.string().optional(),
});

export const webEnvironment = z.object({
  NEXTAUTH_URL: z.url(),
  NEXTAUTH_SECRET: z.string().min(32),
  /** Name of this web node in logs and in the lists of clients of PostgreSQL and Redis. */
  LOGMASTER_WEB_NODE: slugSchema.default('web1'),
  /** Where the ingest sidecar answers health and pipeline numbers. */
  LOGMASTER_INGEST_URL: z.url().default('http://127.0.0.1:9600'),
  /** Where ingest takes identity events, `host:port`; without it the API for them is closed. */
  LOGMASTER_INGEST_IDENTITY: z
    .string()
    .regex(/^(?:\[[\da-fA-F:]+\]|[\w.-]+):\d{1,5}$/, 'write host:port')
    .optional(),
  /** Addresses and CIDR blocks whose X-Forwarded-For is believed; `none` believes nobody. */
  LOGMASTER_TRUSTED_PROXIES: listOf(z.string()).default(['127.0.0.0/8', '::1']),
});
