import { PrismaPg } from '@prisma/adapter-pg';
import { PrismaClient } from './generated/client.ts';
import type { Client, PrimaryClient } from './model-client.ts';
import type { SharedMarks } from './replicas/own-marks.ts';
import { ReplicaMonitor } from './replicas/replica-monitor.ts';
import { type ReplicaReads, replicaReads } from './replicas/replica-reads.ts';
import type { ReplicaState } from './replicas/replica-state.ts';

/** Small on purpose: each connection is a server process of its own, and all queries here are short. */
const POOL_SIZE = 4;
const CONNECT_TIMEOUT_MS = 5_000;
const IDLE_TIMEOUT_MS = 30_000;
/** A replica that is silent for so long is read at the primary instead. */
const REPLICA_CONNECT_MS = 1_000;
const REPLICA_QUERY_MS = 5_000;

export interface ReplicaOptions {
  /** At least one. */
  readonly urls: readonly string[];
  /** One that is further behind is left out. */
  readonly maxLagSeconds: number;
  /** Where the web nodes tell each other who has written up to where; to be kept `marksMs(maxLagSeconds)`. */
  readonly marks: SharedMarks;
}

export interface DatabaseOptions {
  readonly url: string;
  /** Missing: all reads go to the primary. */
  readonly replicas?: ReplicaOptions | undefined;
  /** Shown in pg_stat_activity. */
  readonly applicationName?: string | undefined;
}

export interface Database {
  readonly primary: PrimaryClient;
  /**
   * A read that may lag a few seconds, but never behind what `user` has written himself: on a replica that is up and
   * near, else on the primary. A read that fails on a replica is made again on the primary.
   */
  fromReplica<T>(user: string, read: (replica: Client) => Promise<T>): Promise<T>;
  /** To be called when a change made by `user` is committed. Never throws. */
  noteWrite(user: string): Promise<void>;
  /** How the replicas were at the last look, in the order of their URLs. */
  replicaStates(): readonly ReplicaState[];
  close(): Promise<void>;
}

/** A user who has written is remembered longer than any replica that is read may be behind. */
export function marksMs(maxLagSeconds: number): number {
  return maxLagSeconds * 1000 + 60_000;
}

function connect(url: string, applicationName: string, limits: { connectMs: number; queryMs?: number }): PrismaClient {
  return new PrismaClient({
    adapter: new PrismaPg({
      connectionString: url,
      max: POOL_SIZE,
      connectionTimeoutMillis: limits.connectMs,
      idleTimeoutMillis: IDLE_TIMEOUT_MS,
      application_name: applicationName,
      ...(limits.queryMs === undefined ? {} : { query_timeout: limits.queryMs }),
    }),
    errorFormat: 'minimal',
  });
}

/** Connects at the first query, so a database that is away does not stop anything from starting. */
export function openDatabase({ url, replicas, applicationName = 'logmaster' }: DatabaseOptions): Database {
  const primary = connect(url, applicationName, { connectMs: CONNECT_TIMEOUT_MS });
  if (!replicas || replicas.urls.length === 0) {
    return {
      primary,
      fromReplica: (_, read) => read(primary),
      noteWrite: async () => undefined,
      replicaStates: () => [],
      close: () => primary.$disconnect(),
    };
  }
  const { urls, maxLagSeconds, marks } = replicas;
  const limits = { connectMs: REPLICA_CONNECT_MS, queryMs: REPLICA_QUERY_MS };
  const clients = urls.map((replicaUrl) => connect(replicaUrl, applicationName, limits));
  const monitor = new ReplicaMonitor({ primaryUrl: url, replicaUrls: urls, maxLagSeconds, applicationName });
  const reads: ReplicaReads = replicaReads({
    primary,
    replicas: clients,
    monitor,
    marks,
    marksMs: marksMs(maxLagSeconds),
  });
  return {
    primary,
    ...reads,
    replicaStates: () => monitor.states,
    async close() {
      await monitor.close();
      await Promise.all([primary, ...clients].map((client) => client.$disconnect()));
    },
  };
}
