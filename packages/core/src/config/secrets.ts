/** Variables that hold a secret, or a URL that may: each can be given as NAME_FILE instead. */
export const SECRETS: ReadonlySet<string> = new Set([
  'DATABASE_URL',
  'DATABASE_REPLICA_URLS',
  'NEXTAUTH_SECRET',
  'REDIS_URL',
  'REDIS_PASSWORD',
  'REDIS_SENTINEL_PASSWORD',
  'ELASTICSEARCH_PASSWORD',
  'ELASTICSEARCH_API_KEY',
  'LOGMASTER_RADIUS_CLIENTS',
  'LDAP_BIND_PASSWORD',
  'SMTP_URL',
  'SMTP_PASSWORD',
]);
