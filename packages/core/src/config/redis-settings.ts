import type { z } from 'zod';
import { configFault, readCertificates } from './config-fault.ts';
import type { redisEnvironment } from './fragments.ts';

export interface HostPort {
  readonly host: string;
  readonly port: number;
}

/** Where Redis is and how to enter it. */
export interface RedisSettings {
  /** One server, or the Sentinels that know which server is the master. */
  readonly target:
    | ({ readonly kind: 'server' } & HostPort)
    | {
        readonly kind: 'sentinels';
        readonly sentinels: readonly HostPort[];
        readonly master: string;
        readonly password: string | undefined;
      };
  readonly username: string | undefined;
  readonly password: string | undefined;
  readonly database: number;
  readonly tls: boolean;
  /** PEM; undefined: the public authorities. */
  readonly ca: string | undefined;
  readonly prefix: string;
}

type Environment = z.infer<typeof redisEnvironment>;

const REDIS_PORT = 6379;
const SENTINEL_PORT = 26_379;

function part(text: string): string | undefined {
  return text === '' ? undefined : decodeURIComponent(text);
}

function fromUrl(text: string, { REDIS_PASSWORD, REDIS_USERNAME }: Environment) {
  const url = new URL(text);
  const given = { username: part(url.username), password: part(url.password) };
  if (given.password !== undefined && REDIS_PASSWORD !== undefined) {
    throw configFault('REDIS_URL holds a password and REDIS_PASSWORD is given too: keep one of them');
  }
  const database = /^\/?(\d{1,4})?$/.exec(url.pathname);
  if (!database) throw configFault('REDIS_URL: after the host there may only be the number of a database: /0');
  return {
    target: {
      kind: 'server' as const,
      host: url.hostname.replace(/^\[|\]$/g, ''),
      port: Number(url.port) || REDIS_PORT,
    },
    username: given.username ?? REDIS_USERNAME,
    password: given.password ?? REDIS_PASSWORD,
    database: Number(database[1] ?? 0),
    tls: url.protocol === 'rediss:',
  };
}

/** `host`, `host:port`, `[::1]:port`, each also with `redis://` or `rediss://` before it. */
function sentinelOf(text: string): HostPort & { tls: boolean } {
  const whole = /^rediss?:\/\//.test(text) ? text : `redis://${text}`;
  const fault = () => configFault('REDIS_SENTINELS: write host:port, separated by commas');
  if (!URL.canParse(whole)) throw fault();
  const url = new URL(whole);
  if (url.username !== '' || url.password !== '') {
    throw configFault('REDIS_SENTINELS holds a password: give it as REDIS_SENTINEL_PASSWORD');
  }
  if (url.hostname === '' || !['', '/'].includes(url.pathname)) throw fault();
  const host = url.hostname.replace(/^\[|\]$/g, '');
  return { host, port: Number(url.port) || SENTINEL_PORT, tls: url.protocol === 'rediss:' };
}

function fromSentinels(texts: readonly string[], environment: Environment) {
  const found = texts.map(sentinelOf);
  const [first] = found;
  if (found.some(({ tls }) => tls !== first?.tls)) {
    throw configFault('REDIS_SENTINELS: write rediss:// before each of them or before none');
  }
  return {
    target: {
      kind: 'sentinels' as const,
      sentinels: found.map(({ host, port }) => ({ host, port })),
      master: environment.REDIS_SENTINEL_MASTER,
      password: environment.REDIS_SENTINEL_PASSWORD,
    },
    username: environment.REDIS_USERNAME,
    password: environment.REDIS_PASSWORD,
    database: 0,
    tls: first?.tls === true,
  };
}

/** Undefined when no Redis is configured. CONFIG_INVALID for variables that contradict each other. */
export function redisSettings(environment: Environment): RedisSettings | undefined {
  const { REDIS_URL, REDIS_SENTINELS, REDIS_CA_FILE, REDIS_PREFIX } = environment;
  if (REDIS_URL !== undefined && REDIS_SENTINELS !== undefined) {
    throw configFault(
      'REDIS_URL and REDIS_SENTINELS are both given: keep REDIS_SENTINELS where Sentinels watch over Redis, else REDIS_URL',
    );
  }
  if (REDIS_URL === undefined && REDIS_SENTINELS === undefined) {
    if (environment.REDIS_PASSWORD === undefined && REDIS_CA_FILE === undefined) return undefined;
    throw configFault(
      'REDIS_PASSWORD or REDIS_CA_FILE is given without REDIS_URL or REDIS_SENTINELS: say where Redis is',
    );
  }
  const found =
    REDIS_URL === undefined ? fromSentinels(REDIS_SENTINELS ?? [], environment) : fromUrl(REDIS_URL, environment);
  if (REDIS_CA_FILE !== undefined && !found.tls) {
    throw configFault('REDIS_CA_FILE is given, but the connection is not encrypted: begin the address with rediss://');
  }
  if (found.username !== undefined && found.password === undefined) {
    throw configFault('Redis is given a user name without a password: add REDIS_PASSWORD or REDIS_PASSWORD_FILE');
  }
  const ca = REDIS_CA_FILE === undefined ? undefined : readCertificates('REDIS_CA_FILE', REDIS_CA_FILE);
  return { ...found, ca, prefix: REDIS_PREFIX };
}
