import { z } from 'zod';
import { slugSchema } from '../names.ts';

const port = z.coerce.number().int().min(1).max(65_535);

/** Folders. Everything else is derived from the data folder by `dataLayout`. */
export const dataEnvironment = z.object({
  LOGMASTER_DATA_DIR: z.string().default('./data'),
  /** Any POSIX path, an NFS mount in production. Default `<data>/archive`. */
  ARCHIVE_DIR: z.string().optional(),
  LOGMASTER_LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal']).default('info'),
});

export const databaseEnvironment = z.object({
  DATABASE_URL: z.url(),
  /** Comma-separated; reads that may lag go here. Default: the primary. */
  DATABASE_REPLICA_URLS: z.string().optional(),
});

export const searchEnvironment = z.object({
  /** Memory limit of the DuckDB child process, MiB. */
  LOGMASTER_SEARCH_MEMORY_MB: z.coerce.number().int().min(64).default(512),
  /** Root of the checkout: where packages/ is found by processes that run bundled code. */
  LOGMASTER_ROOT: z.string().optional(),
});

export const ingestEnvironment = z.object({
  LOGMASTER_NODE: slugSchema.default('node1'),
  /** Collectors accept, processors parse, index and seal; `all` does both (two processes). */
  LOGMASTER_ROLE: z.enum(['all', 'collector', 'processor']).default('all'),
  LOGMASTER_SYSLOG_HOST: z.string().default('0.0.0.0'),
  LOGMASTER_SYSLOG_PORT: port.default(5514),
  LOGMASTER_METRICS_HOST: z.string().default('127.0.0.1'),
  LOGMASTER_METRICS_PORT: port.default(9600),
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
  /** Where the ingest sidecar answers health and pipeline numbers. */
  LOGMASTER_INGEST_URL: z.url().default('http://127.0.0.1:9600'),
});
