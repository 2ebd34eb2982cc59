import type { HealthReason } from '@logmaster/core/api/health-reasons';

/** What a look at a server gave. */
export interface Look {
  /** In recovery: it replays what a primary writes. */
  readonly recovering: boolean;
  /** Bytes of the write-ahead log since its beginning: written (primary) or replayed (replica). Exact below 2^53. */
  readonly position: number;
  /** Which database this is: the cluster's identifier and the database's name. */
  readonly identity: string;
}

/** One replica as it was at the last look. */
export interface ReplicaState {
  /** Its place in DATABASE_REPLICA_URLS, from 1. */
  readonly number: number;
  /** Null: it may be read. */
  readonly fault: Extract<HealthReason, `REPLICA_${string}`> | null;
  /** Seconds behind; null when that can't be told. */
  readonly lagSeconds: number | null;
  /** Up to where its readers see the primary's changes. */
  readonly position: number;
}

export interface Judged {
  readonly number: number;
  /** Null: it does not answer. */
  readonly replica: Look | null;
  /** Null as long as the primary has never answered. */
  readonly primary: Look | null;
  /** Milliseconds; undefined: more than can be told. */
  readonly lagMs: number | undefined;
  readonly maxLagMs: number;
}

/** Whether a replica may be read, and why not. */
export function judgeReplica({ number, replica, primary, lagMs, maxLagMs }: Judged): ReplicaState {
  const nothing = { number, lagSeconds: null, position: 0 };
  if (!replica) return { ...nothing, fault: 'REPLICA_AWAY' };
  if (!replica.recovering) return { ...nothing, fault: 'REPLICA_TAKES_WRITES' };
  if (!primary) return { ...nothing, fault: 'REPLICA_UNKNOWN' };
  if (replica.identity !== primary.identity) return { ...nothing, fault: 'REPLICA_OF_ANOTHER' };
  const lagSeconds = lagMs === undefined ? null : lagMs / 1000;
  const near = lagMs !== undefined && lagMs <= maxLagMs;
  return { number, lagSeconds, position: replica.position, fault: near ? null : 'REPLICA_BEHIND' };
}
