import { PrismaPg } from '@prisma/adapter-pg';
import { PrismaClient } from './generated/client.ts';

/** Small on purpose: each connection is a server process of its own, and all queries here are short. */
const POOL_SIZE = 4;
const CONNECT_TIMEOUT_MS = 5_000;
const IDLE_TIMEOUT_MS = 30_000;

/** A Prisma client. Call sites name it `primary` or `replica`, so that it shows which reads may lag. */
export type Client = Pick<
  PrismaClient,
  | '$queryRaw'
  | '$executeRaw'
  | 'user'
  | 'session'
  | 'apiToken'
  | 'signInThrottle'
  | 'site'
  | 'device'
  | 'deviceBinding'
  | 'mappingVersion'
>;

/** The writing side: it can also open a transaction. */
export type PrimaryClient = Client & Pick<PrismaClient, '$transaction'>;

export interface DatabaseOptions {
  readonly url: string;
  /** Reads that may lag go to the first; empty or missing: to the primary. */
  readonly replicaUrls?: readonly string[] | undefined;
}

export interface Database {
  readonly primary: PrimaryClient;
  /** The same client as `primary` when there is no replica. */
  readonly replica: Client;
  close(): Promise<void>;
}

function connect(url: string): PrismaClient {
  return new PrismaClient({
    adapter: new PrismaPg({
      connectionString: url,
      max: POOL_SIZE,
      connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
      idleTimeoutMillis: IDLE_TIMEOUT_MS,
    }),
    errorFormat: 'minimal',
  });
}

/** Connects at the first query, so a database that is away does not stop anything from starting. */
export function openDatabase({ url, replicaUrls = [] }: DatabaseOptions): Database {
  const primary = connect(url);
  const [replicaUrl] = replicaUrls;
  const replica = replicaUrl === undefined ? primary : connect(replicaUrl);
  return {
    primary,
    replica,
    async close() {
      await primary.$disconnect();
      if (replica !== primary) await replica.$disconnect();
    },
  };
}
