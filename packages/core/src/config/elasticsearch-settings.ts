import type { z } from 'zod';
import { configFault, isLoopback, readCertificates } from './config-fault.ts';
import type { elasticsearchEnvironment } from './fragments.ts';

/** Where Elasticsearch is and how to enter it. */
export interface ElasticsearchSettings {
  readonly urls: readonly string[];
  readonly auth: { readonly username: string; readonly password: string } | { readonly apiKey: string } | undefined;
  /** PEM file; undefined: the public authorities. */
  readonly caFile: string | undefined;
  readonly prefix: string;
  readonly replicas: number;
}

type Environment = z.infer<typeof elasticsearchEnvironment>;

function authOf(environment: Environment): ElasticsearchSettings['auth'] {
  const {
    ELASTICSEARCH_USERNAME: username,
    ELASTICSEARCH_PASSWORD: password,
    ELASTICSEARCH_API_KEY: apiKey,
  } = environment;
  if (apiKey !== undefined && (username !== undefined || password !== undefined)) {
    throw configFault('ELASTICSEARCH_API_KEY and a user name or password are both given: keep one way to sign in');
  }
  if (apiKey !== undefined) return { apiKey };
  if (username !== undefined && password !== undefined) return { username, password };
  if (username === undefined && password === undefined) return undefined;
  throw configFault('ELASTICSEARCH_USERNAME and ELASTICSEARCH_PASSWORD are needed together: add the missing one');
}

/** Undefined when searches run on DuckDB. CONFIG_INVALID for variables that contradict each other. */
export function elasticsearchSettings(environment: Environment): ElasticsearchSettings | undefined {
  const { ELASTICSEARCH_URLS, ELASTICSEARCH_CA_FILE } = environment;
  const auth = authOf(environment);
  if (ELASTICSEARCH_URLS === undefined) {
    if (auth === undefined && ELASTICSEARCH_CA_FILE === undefined) return undefined;
    throw configFault('ELASTICSEARCH_… is given without ELASTICSEARCH_URLS: say where Elasticsearch is');
  }
  const urls = ELASTICSEARCH_URLS.map((text) => new URL(text));
  if (urls.some((url) => url.username !== '' || url.password !== '')) {
    throw configFault(
      'ELASTICSEARCH_URLS holds a password: give it as ELASTICSEARCH_USERNAME and ELASTICSEARCH_PASSWORD or …_PASSWORD_FILE',
    );
  }
  if (new Set(urls.map((url) => url.protocol)).size > 1) {
    throw configFault('ELASTICSEARCH_URLS mixes http:// and https://: use one of them for all nodes');
  }
  const encrypted = urls[0]?.protocol === 'https:';
  if (auth !== undefined && !encrypted && !urls.every((url) => isLoopback(url.hostname))) {
    throw configFault('ELASTICSEARCH_URLS: a password would travel unencrypted; use https://');
  }
  if (ELASTICSEARCH_CA_FILE !== undefined && !encrypted) {
    throw configFault('ELASTICSEARCH_CA_FILE is given, but ELASTICSEARCH_URLS are not https://');
  }
  if (ELASTICSEARCH_CA_FILE !== undefined) readCertificates('ELASTICSEARCH_CA_FILE', ELASTICSEARCH_CA_FILE);
  return {
    urls: urls.map(({ href }) => href),
    auth,
    caFile: ELASTICSEARCH_CA_FILE,
    prefix: environment.ELASTICSEARCH_PREFIX,
    replicas: environment.ELASTICSEARCH_REPLICAS,
  };
}
