import { z } from 'zod';

const port = z.coerce.number().int().min(1).max(65_535).optional();

/** What ingest listens on beside syslog over UDP and TCP, and for whom. A port that is not named is not opened. */
export const transportEnvironment = z.object({
  LOGMASTER_SYSLOG_TLS_PORT: port,
  LOGMASTER_RELP_PORT: port,
  LOGMASTER_BEATS_PORT: port,
  /** RADIUS accounting; opened where LOGMASTER_RADIUS_CLIENTS is given. */
  LOGMASTER_RADIUS_PORT: z.coerce.number().int().min(1).max(65_535).default(1813),
  /** One client a line: address or subnet, blanks, shared secret. */
  LOGMASTER_RADIUS_CLIENTS: z.string().optional(),
  /** Where web servers bring identity events. */
  LOGMASTER_IDENTITY_PORT: port,
  LOGMASTER_IDENTITY_HOST: z.string().default('127.0.0.1'),
  /** Web servers that may: addresses or subnets, separated by commas. */
  LOGMASTER_IDENTITY_FROM: z.string().default('127.0.0.0/8,::1'),
  /** PEM: the certificate with its issuers, and its key; changed files are taken without a restart. */
  LOGMASTER_TLS_CERT_FILE: z.string().optional(),
  LOGMASTER_TLS_KEY_FILE: z.string().optional(),
  /** PEM: authorities whose client certificates are believed. */
  LOGMASTER_TLS_CLIENT_CA_FILE: z.string().optional(),
  LOGMASTER_TLS_CLIENT_CERTIFICATES: z.enum(['none', 'optional', 'required']).default('none'),
  /** Beats over TLS, with the certificate above. */
  LOGMASTER_BEATS_TLS: z.stringbool().default(false),
  /** Load balancers that begin each connection with a PROXY header: addresses or subnets, separated by commas. */
  LOGMASTER_PROXY_PROTOCOL_FROM: z.string().optional(),
  /** Receiving processes. Default: one for each four cores, at least one. */
  LOGMASTER_WORKERS: z.coerce.number().int().min(1).max(32).optional(),
  LOGMASTER_MAX_CONNECTIONS: z.coerce.number().int().min(1).default(10_000),
  LOGMASTER_MAX_CONNECTIONS_PER_ADDRESS: z.coerce.number().int().min(1).default(2000),
  /** Records a second and source address; connections are slowed to it, datagrams above it dropped. Default: no limit. */
  LOGMASTER_SOURCE_RATE: z.coerce.number().int().min(1).optional(),
});
