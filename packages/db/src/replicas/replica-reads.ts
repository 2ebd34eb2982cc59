import { AppError } from '@logmaster/core/errors';
import type { Client } from '../model-client.ts';
import { ownMarks, type SharedMarks } from './own-marks.ts';
import type { ReplicaMonitor } from './replica-monitor.ts';

/** What a read says that has found nothing or is not allowed: true on any server. */
const ANSWERS: ReadonlySet<string> = new Set(['NOT_FOUND', 'FORBIDDEN', 'INVALID_INPUT']);
/** No replica is ever there: for a write whose position can't be told. */
const NEVER_REACHED = Number.MAX_SAFE_INTEGER;

export interface ReplicaReadsOptions {
  readonly primary: Client;
  /** In the order of the monitor's numbers. */
  readonly replicas: readonly Client[];
  readonly monitor: ReplicaMonitor;
  readonly marks: SharedMarks;
  /** How long a user who has written is remembered; longer than a replica that is read may be behind. */
  readonly marksMs: number;
}

export interface ReplicaReads {
  fromReplica<T>(user: string, read: (replica: Client) => Promise<T>): Promise<T>;
  noteWrite(user: string): Promise<void>;
}

/** Sends reads to the replicas in turn, as long as they are near and have what the reader himself has written. */
export function replicaReads({
  primary,
  replicas,
  monitor,
  marks: shared,
  marksMs,
}: ReplicaReadsOptions): ReplicaReads {
  const marks = ownMarks(shared, marksMs);
  let turn = 0;

  async function choose(user: string) {
    const written = await marks.read(user);
    // Unknown: he may have written on another node.
    if (written === undefined) return undefined;
    const readable = monitor.readable(written);
    turn += 1;
    return readable[turn % Math.max(1, readable.length)];
  }
  async function position(): Promise<number> {
    try {
      const [row] = await primary.$queryRaw<{ position: number }[]>`
        SELECT (pg_current_wal_insert_lsn() - '0/0'::pg_lsn)::float8 AS position`;
      return row?.position ?? NEVER_REACHED;
    } catch {
      // The change is committed, so its answer must not fail: the user reads the primary until he is forgotten.
      return NEVER_REACHED;
    }
  }
  return {
    async fromReplica(user, read) {
      const chosen = await choose(user);
      const replica = chosen && replicas[chosen.number - 1];
      if (!replica) return read(primary);
      try {
        return await read(replica);
      } catch (error) {
        if (error instanceof AppError && ANSWERS.has(error.code)) throw error;
        // Away, hung, or in conflict with what it replays: a read changes nothing, so it may be made again.
        monitor.doubt(chosen.number);
        return read(primary);
      }
    },
    async noteWrite(user) {
      await marks.raise(user, await position());
    },
  };
}
